"""What a sentence tells, as facts that have points: who, which medicine, what happened, and what ties them together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from portal.safety.screen.finding import Hit
from portal.safety.screen.lexicon import LANGUAGES, lexicon
from portal.safety.screen.reading import HARM, MEDICINES, Event, Reading
from portal.safety.screen.words import LONGEST_WORD

# Words between an event and a medicine that belong together.
APART = 12
# What people write who write little, and what they write who only name what they have.
BRIEF, BARE, HEADLINE = 16, 8, 8
# So many words of which none is known are of another language.
UNREAD = 5
# What is a reason to look where a person and a medicine are told of, and what says that something happened.
_OWN = frozenset({"serious", "pregnancy", "challenge", "interaction"})
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
    found = {
        *_about(reading, medicines, substances),
        *_ties(reading, medicines, ""),
        *_ties(reading, substances, "_substance"),
    }
    drug = bool(medicines or substances)
    found |= _people(reading, _teller(reading, around, drug, presumed), drug, presumed)
    if is_unread(reading):
        found.add("unread")
    return frozenset(found)


def _hits(reading: Reading, labels: frozenset[str] | set[str]) -> list[Hit]:
    return list(chain.from_iterable(reading.signs.get(label, ()) for label in labels))


def _unknown(reading: Reading) -> Iterator[Hit]:
    """Words that no list knows, where the name of a medicine would stand: "treated with X", "X-induced"."""
    before = {hit.after for hit in reading.signs.get("before_substance", ())}
    after = {hit.first - 1 for hit in reading.signs.get("after_substance", ())}
    taken = {at for label in _KNOWN_AS for hit in reading.signs.get(label, ()) for at in range(hit.first, hit.after)}
    small = _small_words(reading.languages)
    for at in sorted((before | after) - taken):
        if 0 <= at < len(reading.sentence.words):
            word = reading.sentence.words[at].folded
            if len(word) > 1 and not word[0].isdigit() and word not in small:
                yield Hit("substance", word, at, at + 1)


@cache
def _small_words(languages: tuple[str, ...]) -> frozenset[str]:
    return frozenset(chain.from_iterable(lexicon(tag).function_words for tag in languages))


def _about(reading: Reading, medicines: Sequence[Hit], substances: Sequence[Hit]) -> Iterator[str]:
    harms = [event for event in reading.events if event.hit.label in HARM]
    told = [event for event in harms if event.told]
    if harms:
        yield from (name for name, is_so in _harmed(reading, harms, told, medicines, substances).items() if is_so)
        yield from (
            name for name in ("since", "after", "link", "negation", "procedure", "study", "time") if reading.has(name)
        )
    elif medicines:
        yield "medicine_alone"
        yield from (
            f"{name}_alone" for name in ("onset", "link", "after", "benefit", "procedure", "study") if reading.has(name)
        )
    yield from {event.hit.label for event in reading.events if event.told} - {"symptom", "ending"}


def _harmed(
    reading: Reading, harms: Sequence[Event], told: Sequence[Event], medicines: Sequence[Hit], substances: Sequence[Hit]
) -> dict[str, bool]:
    drug = bool(medicines or substances)
    words = len(reading.sentence.words)
    return {
        "medicine": bool(medicines),
        "substance": bool(substances),
        "several_medicines": len({hit.first for hit in medicines}) >= 3,
        "event": bool(told),
        "several_events": len(told) >= 2,
        "event_treated": not told and any(event.treated and not event.denied for event in harms),
        "event_denied": not told and any(event.denied for event in harms),
        "event_with_medicine": bool(told and medicines),
        "event_with_substance": bool(told and substances),
        "event_with_exposure": bool(told) and not drug and reading.has("exposure"),
        "onset_with_medicine": drug and reading.has("onset"),
        "link_with_medicine": drug and reading.has("link"),
        "benefit_with_medicine": bool(medicines) and reading.has("benefit"),
        "headline": words <= HEADLINE,
        "headline_with_medicine": words <= HEADLINE + 2 and bool(medicines),
    }


def _ties(reading: Reading, drugs: Sequence[Hit], suffix: str) -> Iterator[str]:
    links = {hit.first for hit in reading.signs.get("link", ())}
    afters = {hit.first for hit in reading.signs.get("after", ())}
    told = [event for event in reading.events if event.told and event.hit.label in HARM]
    for drug in drugs:
        if drug.after in links:
            yield f"induced{suffix}"
        for event in told:
            yield from (name + suffix for name in _tie(drug, event, links, afters))


def _tie(drug: Hit, event: Event, links: set[int], afters: set[int]) -> Iterator[str]:
    first = drug.after <= event.hit.first
    between = range(drug.after, event.hit.first) if first else range(event.hit.after, drug.first)
    if len(between) > APART:
        return
    if not links.isdisjoint(between):
        yield "causing" if first else "caused_by"
    if not first and not afters.isdisjoint(between):
        yield "event_after"
    if len(between) <= 3:
        yield "close"


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
    asked = is_question(reading) and (hypothetical or not (mine or case or reading.has("since")))
    return _Teller(
        mine=mine,
        case=case,
        exposed=drug or presumed or any(one.has("exposure", *MEDICINES) for one in nearby),
        asked=asked,
        hypothetical=hypothetical,
        mute=asked or reading.has("request", "website"),
    )


def _people(reading: Reading, who: _Teller, drug: bool, presumed: bool) -> set[str]:
    told = {event.hit.label for event in reading.events if event.told}
    # "A patient with hives" has hives, whatever is treated.
    person = who.mine or who.case
    harm = any(one.hit.label in HARM and (one.told or (not one.denied and person)) for one in reading.events)
    words = len(reading.sentence.words)
    brief, headline = words <= BRIEF, words <= HEADLINE
    onset, since, medicine = (reading.has(*labels) for labels in (("onset",), ("since",), tuple(MEDICINES)))
    used = reading.has("exposure", *MEDICINES) and reading.has(*_TELLING)
    anybody = person or drug or reading.has("time", "since", "onset")
    tests = {
        "asked": who.asked,
        "requested": reading.has("request") and not person,
        "website": reading.has("website") and not (since or medicine),
        "mine": who.mine and (harm or (who.exposed and bool(told & _OWN))),
        "case": (harm and who.case and not who.hypothetical and not medicine and (brief or (onset and who.exposed)))
        or (who.case and who.exposed and brief and "serious" in told),
        "own_use": who.mine and not who.mute and (since or used),
        "emergency": headline and not who.mute and "serious" in told,
        "brief": harm and brief and not who.mute and (reading.has("time") or "challenge" in told),
        "told_since": harm and since and not who.hypothetical,
        "pregnancy_exposed": "pregnancy" in told and (who.exposed or person) and anybody and not who.asked,
        "bare": harm and words <= BARE and not who.asked and not reading.has("request"),
        "presumed": harm and presumed,
        "concern": not told.isdisjoint(CONCERNS),
    }
    return {name for name, is_so in tests.items() if is_so}


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
    if reading.sentence.text.rstrip("\"'”) ").endswith("?"):
        return True
    return any(hit.first < 1 for hit in reading.signs.get("question", ()))
