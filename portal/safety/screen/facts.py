"""What a sentence tells, as facts that have points: who, which medicine, what happened, and what ties them together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from portal.safety.screen.finding import Hit
from portal.safety.screen.lexicon import LANGUAGES, lexicon
from portal.safety.screen.reading import HARM, MEDICINES, NAMED, Event, Reading
from portal.safety.screen.ties import ties
from portal.safety.screen.words import LONGEST_WORD, Word

# So many words may say how a medicine was given: "high dose intravenous".
_WAYS = 3
# What people write who write little, and what they write who only name what they have.
BRIEF, BARE, HEADLINE = 16, 8, 8
# With so many words no sentence is learned; with a word of more letters it is.
FEW, LEARNED = 4, 11
# So many words of which none is known are of another language.
UNREAD = 5
# What is a reason to look where a person and a medicine are told of, and what says that something happened.
_OWN = frozenset({"serious", "challenge", "interaction"})
_TELLING = ("time", "onset", "negation", "link")
_LATIN = "\u024f"
# Terms that make a word no name of a medicine that the files do not know.
_KNOWN_AS = (
    *("exposure", "symptom", "ending", "other", "time", "treated", "negation", "study", "onset", "general", "after"),
    *("procedure", "link", "benefit", "since", "old", "boundary", "no_substance", "website", "question", "request"),
)
CONCERNS = ("death", "lack_of_effect", "overdose", "misuse", "medication_error", "defect")


def facts(reading: Reading, around: Sequence[Reading] = (), presumed: bool = False) -> frozenset[str]:
    """The facts of a sentence; `around` are its neighbours. `presumed`: whoever it tells of takes a medicine."""
    medicines = _hits(reading, MEDICINES)
    substances = [] if medicines else [*_hits(reading, {"chemical"}), *_unknown(reading)]
    found = {*_about(reading, medicines, substances), *ties(reading, medicines, substances)}
    drug = bool(medicines or substances)
    found |= _people(reading, _teller(reading, around, drug, presumed), drug, presumed)
    if is_unread(reading):
        found.add("unread")
    return frozenset(found)


def _hits(reading: Reading, labels: frozenset[str] | set[str]) -> list[Hit]:
    return list(chain.from_iterable(reading.signs.get(label, ()) for label in labels))


def _unknown(reading: Reading) -> Iterator[Hit]:
    """Words that no list knows, where the name of a medicine would stand: "treated with X", "oral X-induced"."""
    taken = {at for label in _KNOWN_AS for hit in reading.signs.get(label, ()) for at in range(hit.first, hit.after)}
    way = {hit.first for hit in reading.signs.get("way", ())}
    words = reading.sentence.words
    sure = {_over(hit.after, 1, way) for hit in reading.signs.get("before_substance", ())}
    sure |= {_over(hit.first - 1, -1, way) for hit in reading.signs.get("after_substance", ())}
    maybe = {_over(hit.after, 1, way) for label in ("after", "link") for hit in reading.signs.get(label, ())}
    for at in sorted((sure | maybe) - taken):
        if 0 <= at < len(words) and _may_be_name(words[at], reading.languages, at in sure):
            yield Hit("substance", words[at].folded, at, at + 1)


def _over(at: int, step: int, way: set[int]) -> int:
    """The place behind the words that say how a medicine was given."""
    for _ in range(_WAYS):
        if at not in way:
            break
        at += step
    return at


def _may_be_name(word: Word, languages: tuple[str, ...], is_sure: bool) -> bool:
    if len(word.typed) < 2 or word.typed[0].isdigit() or word.folded in _small_words(languages):
        return False
    return is_sure or _is_abbreviation(word)


def _is_abbreviation(word: Word) -> bool:
    return sum(sign.isupper() for sign in word.typed) >= 2


@cache
def _small_words(languages: tuple[str, ...]) -> frozenset[str]:
    return frozenset(chain.from_iterable(lexicon(tag).function_words for tag in languages))


def _about(reading: Reading, medicines: Sequence[Hit], substances: Sequence[Hit]) -> Iterator[str]:
    harms = [event for event in reading.events if event.hit.label in HARM]
    told = [event for event in harms if event.told]
    if harms:
        yield from (name for name, is_so in _harmed(reading, harms, told, medicines, substances).items() if is_so)
        yield from (name for name in ("since", "after", "procedure") if reading.has(name))
    elif medicines:
        yield "medicine_alone"
        yield from (f"{name}_alone" for name in ("onset", "link", "after", "benefit") if reading.has(name))
    yield from {event.hit.label for event in reading.events if event.told} & _OWN


def _harmed(
    reading: Reading, harms: Sequence[Event], told: Sequence[Event], medicines: Sequence[Hit], substances: Sequence[Hit]
) -> dict[str, bool]:
    drug = bool(medicines or substances)
    words = len(reading.sentence.words)
    unknown = [hit for hit in substances if hit.label == "substance"]
    return {
        "medicine": bool(medicines),
        "several_medicines": len({hit.first for hit in medicines}) >= 3,
        "class_only": bool(medicines) and not reading.has(*NAMED),
        "report_with_medicine": drug and reading.has("report"),
        "theory_with_medicine": drug and reading.has("theory"),
        "careful_with_medicine": drug and reading.has("careful"),
        "event_at_first": drug and any(event.hit.first <= 2 for event in told),
        "negation_with_medicine": drug and reading.has("negation"),
        "general_only": drug and {event.hit.label for event in told} == {"general"},
        "event": bool(told),
        "abbreviation": any(_is_abbreviation(reading.sentence.words[hit.first]) for hit in unknown),
        "chemical": len(unknown) < len(substances),
        "several_events": len(told) >= 2,
        "event_treated": not told and any(event.treated and not event.denied for event in harms),
        "event_with_medicine": bool(told and medicines),
        "event_with_substance": bool(told and substances),
        "event_with_exposure": bool(told) and not drug and reading.has("exposure"),
        "onset_with_medicine": drug and reading.has("onset"),
        "link_with_medicine": drug and reading.has("link"),
        "benefit_with_medicine": bool(medicines) and reading.has("benefit"),
        "headline": words <= HEADLINE,
        "headline_with_medicine": words <= HEADLINE + 2 and bool(medicines),
    }


@dataclass(frozen=True, slots=True)
class _Teller:
    """Who a sentence tells of, with its neighbours, and whether it only asks or only speaks of the page."""

    mine: bool
    case: bool
    exposed: bool
    asked: bool
    hypothetical: bool
    mute: bool


def _teller(reading: Reading, around: Sequence[Reading], drug: bool, presumed: bool) -> _Teller:
    nearby = [reading, *around]
    mine = any(_mine(one) for one in nearby)
    case = any(one.has("told") and one.has("onset", "time", "since", "exposure") for one in nearby)
    hypothetical = reading.has("hypothetical") and not mine
    asked = is_question(reading) and (_asks_leave(reading) or hypothetical or not (mine or case or _lately(nearby)))
    return _Teller(
        mine=mine,
        case=case,
        exposed=drug or presumed or any(one.has("exposure", *MEDICINES) for one in nearby),
        asked=asked,
        hypothetical=hypothetical,
        mute=asked or reading.has("website") or (reading.has("request") and not (mine or reading.has("lately"))),
    )


def _asks_leave(reading: Reading) -> bool:
    """ "Can I drive?" asks for anybody, unless something is told of besides."""
    harm = any(event.told for event in reading.events)
    return reading.has("modal") and not harm and not reading.has("lately")


def _lately(nearby: Sequence[Reading]) -> bool:
    return any(one.has("lately", "since") for one in nearby)


def _people(reading: Reading, who: _Teller, drug: bool, presumed: bool) -> set[str]:
    told = {event.hit.label for event in reading.events if event.told}
    # "A patient with hives" has hives, whatever is treated.
    person = who.mine or who.case
    harm = any(one.hit.label in HARM and (one.told or (not one.denied and person)) for one in reading.events)
    for_anybody = who.asked and not person
    anybody = person or drug or reading.has("time", "since", "onset")
    tests = {
        "asked": who.asked,
        "asked_for_anybody": for_anybody,
        "requested": reading.has("request") and not reading.has("lately"),
        "website": reading.has("website") and not reading.has("since", *MEDICINES),
        "well": reading.has("well"),
        "mine": who.mine and harm,
        "told_since": harm and reading.has("since") and not who.hypothetical,
        "pregnancy_exposed": "pregnancy" in told and (who.exposed or person) and anybody and not who.asked,
        "presumed": harm and presumed and not (drug or for_anybody),
        "concern": not told.isdisjoint(CONCERNS),
        "concern_told": not told.isdisjoint(CONCERNS) and not who.mute,
    }
    plain = presumed or reading.has("lately") or is_plain(reading)
    named = {name for name, is_so in tests.items() if is_so}
    return named.union(_briefly(reading, who, told, harm, plain), _without_name(reading, who, told, plain))


def _briefly(reading: Reading, who: _Teller, told: set[str], harm: bool, plain: bool) -> Iterator[str]:
    """What a short sentence tells that names harm and little else."""
    words = len(reading.sentence.words)
    brief = words <= BRIEF
    onset, time, serious = reading.has("onset"), reading.has("time"), "serious" in told
    medicine, asks = reading.has(*MEDICINES), who.asked or reading.has("request")
    is_case = who.case and not who.hypothetical and not medicine and (brief or (onset and who.exposed))
    if (plain and harm and is_case) or (who.case and who.exposed and brief and serious):
        yield "case"
    if words <= HEADLINE and not who.mute and serious:
        yield "emergency"
    if plain and harm and brief and not who.mute and (time or "challenge" in told):
        yield "brief"
    if harm and time and (who.mine or (plain and brief)):
        yield "time"
    if harm and words <= BARE and is_plain(reading) and not asks:
        yield "bare"


def _without_name(reading: Reading, who: _Teller, told: set[str], plain: bool) -> Iterator[str]:
    """What is told of a body, or of taking something, by whoever has no word for what is wrong with them."""
    if who.mute or (reading.has("well") and not told):
        return
    words, body = len(reading.sentence.words), reading.has("body")
    happened = words <= BRIEF and reading.has("verb", "lately")
    used = reading.has("exposure", *MEDICINES) and reading.has(*_TELLING)
    if who.mine and words >= FEW:
        yield "story"
    if who.mine and (used or reading.has("since")):
        yield "own_use"
    if who.mine and body:
        yield "body_mine"
    if happened and plain and body and not who.mine:
        yield "body_told"
    if happened and reading.has("part"):
        yield "part_told"


def is_plain(reading: Reading) -> bool:
    """Whether a sentence is in everybody's words: titles of reports are as short as what visitors write."""
    everyday = lexicon(reading.languages[0]).spellings
    words = reading.sentence.words
    if len(words) <= FEW or reading.languages != ("en",):
        return True
    return all(len(word.folded) <= LEARNED or word.folded in everyday for word in words)


def _mine(reading: Reading) -> bool:
    theirs = {at for hit in reading.signs.get("not_mine", ()) for at in range(hit.first, hit.after)}
    return any(hit.first not in theirs for hit in reading.signs.get("mine", ()))


def is_unread(reading: Reading) -> bool:
    """Whether the screen cannot read it: another script or language, or what is no words at all."""
    words = reading.sentence.words
    if any(word.end - word.start > LONGEST_WORD or sum(sign > _LATIN for sign in word.folded) >= 3 for word in words):
        return True
    small = _small_words(LANGUAGES)
    known = sum(word.folded in small for word in words)
    return len(words) >= UNREAD and not reading.events and len(reading.signs) <= 1 and known <= (len(words) + 2) // 8


def is_question(reading: Reading) -> bool:
    """Whether a sentence asks: by its sign, or by the word that it begins with."""
    begins = any(hit.first < 1 for hit in (*reading.signs.get("question", ()), *reading.signs.get("modal", ())))
    if not reading.sentence.text.rstrip("\"'”) ").endswith("?"):
        return begins
    return begins or not _tells_first(reading)


def _tells_first(reading: Reading) -> bool:
    """Whether a question stands behind what is told: "The pen leaked, what now?"."""
    words = reading.sentence.words
    if any(hit.first < 1 for hit in reading.signs.get("condition", ())):
        return False
    starts = {hit.first for label in ("question", "modal", "hypothetical") for hit in reading.signs.get(label, ())}
    before = (reading.sentence.text[words[at - 1].end - reading.sentence.start :][:2] for at in starts if at > 2)
    return any(not between.isdisjoint(",;:-–.") for between in map(set, before))
