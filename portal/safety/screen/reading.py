"""What a sentence tells: which terms stand in it, which of them are denied, and what connects them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from portal.safety.screen.finding import Hit, hits
from portal.safety.screen.lexicon import LANGUAGES, lexicon
from portal.safety.screen.spelling import meant
from portal.safety.screen.words import Sentence, Word

EVENTS = (
    "symptom", "general", "death", "serious", "lack_of_effect", "overdose", "misuse", "medication_error",
    "pregnancy", "defect", "interaction", "off_label", "challenge", "ending",
)  # fmt: skip
HARM = frozenset({"symptom", "general", "death", "ending"})
NAMED = frozenset({"name", "stem", "product"})
MEDICINES = NAMED | {"class"}
# How far before a term a word may stand that denies it, and how far from each other what is connected.
DENYING = 6
TREATING = 4
CONNECTED = 8


@dataclass(frozen=True, slots=True)
class Event:
    """A term that is a reason to look, and how it stands in its sentence."""

    hit: Hit
    denied: bool = False
    treated: bool = False

    @property
    def told(self) -> bool:
        return not self.denied and not self.treated


@dataclass(frozen=True)
class Reading:
    """A sentence read."""

    sentence: Sentence
    events: tuple[Event, ...]
    signs: dict[str, list[Hit]]
    languages: tuple[str, ...]
    facts: frozenset[str] = field(default_factory=frozenset)

    def has(self, *labels: str) -> bool:
        return any(label in self.signs for label in labels)


def read(sentence: Sentence, language: str, products: Collection[tuple[str, ...]] = ()) -> Reading:
    """A sentence with its terms found; `products` are names of medicines, each as folded words."""
    languages = spoken(sentence.words, language)
    found = list(dict.fromkeys(hit for spoken_in in languages for hit in _found(sentence.words, spoken_in)))
    found.extend(_products(sentence.words, products))
    signs: dict[str, list[Hit]] = {}
    for hit in found:
        signs.setdefault(hit.label, []).append(hit)
    _keep_classes_apart(signs)
    return Reading(sentence, tuple(_events(sentence, signs)), signs, languages)


def _keep_classes_apart(signs: dict[str, list[Hit]]) -> None:
    """A class of medicines that ends as a name does ("statins") is no name."""
    classes = {at for hit in signs.get("class", ()) for at in range(hit.first, hit.after)}
    for label in ("stem", "name", "chemical"):
        kept = [hit for hit in signs.pop(label, ()) if hit.first not in classes]
        if kept:
            signs[label] = kept


def spoken(words: Sequence[Word], language: str) -> tuple[str, ...]:
    """The language of most of the small words; all, where they do not tell."""
    counted = {tag: sum(word.folded in lexicon(tag).function_words for word in words) for tag in LANGUAGES}
    most = max(counted.values())
    spoken_in = [tag for tag in LANGUAGES if counted[tag] == most]
    return (language,) if most and len(spoken_in) > 1 and language in spoken_in else tuple(spoken_in)


def _found(words: Sequence[Word], language: str) -> Iterator[Hit]:
    known = lexicon(language)
    spelt = {}
    for at, word in enumerate(words):
        if not known.patterns.of(word.folded) and word.folded not in known.function_words:
            right = meant(word.folded, language)
            if right:
                spelt[at] = right
    return hits(words, known, spelt)


def _products(words: Sequence[Word], products: Collection[tuple[str, ...]]) -> Iterator[Hit]:
    longest = max(map(len, products), default=0)
    folded = [word.folded for word in words]
    for at in range(len(folded)):
        for length in range(1, longest + 1):
            if tuple(folded[at : at + length]) in products and at + length <= len(folded):
                yield Hit("product", " ".join(folded[at : at + length]), at, at + length)


def _events(sentence: Sentence, signs: dict[str, list[Hit]]) -> Iterator[Event]:
    # "The link is dead" is nobody's death; "the patient on page 3 died" is.
    told = not signs.keys().isdisjoint({"other", "exposure", *MEDICINES})
    figures = [*signs.get("figurative", ()), *(() if told else signs.get("lifeless", ()))]
    covered = {at for hit in figures for at in range(hit.first, hit.after)}
    symptoms = {at for hit in signs.get("symptom", ()) for at in range(hit.first, hit.after)}
    medicines = {at for label in MEDICINES for hit in signs.get(label, ()) for at in range(hit.first, hit.after)}
    for label in EVENTS:
        for hit in _longest(signs.get(label, [])):
            place = range(hit.first, hit.after)
            if not covered.isdisjoint(place) or (label in {"ending", "symptom"} and hit.first in medicines):
                continue
            if label != "ending" or hit.first not in symptoms:
                yield Event(hit, _denied(hit, sentence, signs), _treated(hit, signs))


def _longest(found: Sequence[Hit]) -> Iterator[Hit]:
    """Without those that lie within another of the same kind."""
    until = -1
    for hit in sorted(found, key=lambda hit: (hit.first, -hit.after)):
        if hit.after > until:
            yield hit
            until = hit.after


def _denied(hit: Hit, sentence: Sentence, signs: dict[str, list[Hit]]) -> bool:
    kept = {at for other in signs.get("no_negation", ()) for at in range(other.first, other.after)}
    if hit.label == "lack_of_effect":
        return False
    for no in signs.get("negation", ()):
        if (
            no.after <= hit.first <= no.after + DENYING
            and no.first not in kept
            and _joined(no.after, hit, sentence, signs)
        ):
            return True
    return any(hit.after <= no.first <= hit.after + 3 for no in signs.get("negation_after", ()))


def _joined(at: int, hit: Hit, sentence: Sentence, signs: dict[str, list[Hit]]) -> bool:
    if any(at <= stop.first < hit.first for stop in signs.get("boundary", ())):
        return False
    between = sentence.text[
        sentence.words[at - 1].end - sentence.start : sentence.words[hit.first].start - sentence.start
    ]
    return not any(sign in between for sign in ";:.!?")


def _treated(hit: Hit, signs: dict[str, list[Hit]]) -> bool:
    return any(before.after <= hit.first <= before.after + TREATING - 1 for before in signs.get("treated", ()))
