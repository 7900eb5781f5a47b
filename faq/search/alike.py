"""Whether two questions about the same medicine mean the same: by their words and, where known, by their meaning. Pure.

Two questions that stand together are answered together, so what is kept apart wrongly costs a glance, and what is put
together wrongly hides a question. The limits are set for that: tests/faq/alike.py has the examples, and
`python -m benchmarks.gaps` prints how they stand.
"""

from collections.abc import Callable, Container, Iterable, Iterator
from typing import NamedTuple

from faq.search import analysis, spelling
from faq.search.synonyms import Meaning

# Counts up whenever the same questions would be put together otherwise.
RECIPE = "1"
# How alike two questions are at least: by words; by meaning; by meaning where so much of the words is held as well.
BY_WORDS, BY_MEANING, BY_BOTH, _HELD_BY_BOTH = 0.75, 0.74, 0.62, 0.6
# A word for which the other question has one that leads to the same heading (fridge, storage) is held nearly, and one
# that leads to a heading to which a word of the other leads too (fridge, shelf life) is not.
_LEADS = 0.8
# What stands in questions of every kind and tells them not apart.
_WEAK = {
    "en": "patient patients drug drugs medicine medication medicinal product products use used using take taken taking "
    "give given treatment treatments therapy information data question recommended possible safe happen happens get "
    "available know tell explain need contain contains contained content effect effects impact during",
    "de": "patient patienten patientin patientinnen medikament medikamente arzneimittel arznei praparat produkt "
    "anwendung anwenden angewendet nehmen einnehmen einnahme eingenommen geben gegeben verabreichen behandlung "
    "behandeln therapie tun information informationen daten frage empfohlen moglich sicher enthalt enthalten wahrend",
}
# Two questions that name one of these each, and not the same, ask for different things however alike they sound.
_APART = {
    "en": (
        "child children pediatric paediatric kids adolescent adolescents teenagers infant infants | "
        "elderly geriatric older aged | adult adults",
        "kidney kidneys renal nephropathy dialysis | liver hepatic cirrhosis | heart cardiac | lung lungs pulmonary | "
        "brain cns | bone bones | breast | skin | ovary ovarian | prostate | colon colorectal | pancreas pancreatic | "
        "stomach gastric | thyroid | eye eyes ocular",
        "first 1st | second 2nd | third 3rd",
        "pregnancy pregnant | lactation breastfeeding breast-feeding nursing",
        "positive | negative",
        "high highest higher maximum maximal | low lowest lower minimum minimal",
        "men man male males | women woman female females",
        "increase increased raise raised | decrease decreased reduce reduced",
        "gain | loss",
        "before | after",
        "storage store stored storing keep kept | disposal dispose disposed discard | take taken administer",
    ),
    "de": (
        "kind kinder kindern padiatrisch padiatrie jugendliche jugendlichen sauglinge | "
        "alt alte altere alteren geriatrisch senioren | erwachsene erwachsenen",
        "niere nieren niereninsuffizienz nierenfunktion nierenfunktionsstorung renal dialyse | "
        "leber leberinsuffizienz leberfunktion leberfunktionsstorung hepatisch leberzirrhose | herz kardial | "
        "lunge lungenkrebs pulmonal | hirn gehirn zns | knochen | brust brustkrebs | haut | prostata | darm | magen",
        "erste erster ersten | zweite zweiter zweiten | dritte dritter dritten",
        "schwangerschaft schwanger schwangere schwangeren | stillzeit stillen stillende stillenden",
        "positiv positive positives positiver | negativ negative negatives negativer",
        "hoch hohe hoher hoherer hochste hochster maximal maximale | niedrig niedrige niedrigste minimal minimale",
        "manner mannern mann mannlich | frauen frau weiblich",
        "zunahme erhohung erhoht | abnahme verlust senkung gesenkt vermindert",
        "vor | nach",
        "lagerung lagern gelagert aufbewahren aufbewahrung | entsorgung entsorgen entsorgt",
    ),
}
_LONGEST_NAME = 6


class Said(NamedTuple):
    """A question as it is compared."""

    # What is left of its words besides the medicine's name, as the sentence model reads it.
    text: str
    tokens: frozenset[str]
    # Of each token, the groups of tokens that say the same or to which it leads.
    others: dict[str, list[frozenset[str]]]
    numbers: frozenset[str]
    # Words that are no everyday ones: most often the names of other medicines or of diseases.
    names: frozenset[str]
    # Of each of _APART that it speaks of, which of its sides.
    sides: dict[int, frozenset[int]]


def read(
    text: str,
    language: str,
    *,
    called: Container[str] = (),
    meanings: Iterable[Meaning] = (),
    is_everyday: Callable[[str], bool] | None = None,
) -> Said:
    """`text` as it is compared with others in which the medicine `called` so (keys of names) is asked about.

    `is_everyday` tells common words of the language; None where nobody knows them.
    """
    words = without_names(analysis.words(text), called)
    weak = analysis.stems(_WEAK.get(language, "").split(), language).values()
    stems = analysis.stems([word for word in words if word != IT], language)
    # A question of weak words only is known by these.
    tokens = {stem for stem in stems.values() if stem not in weak} or set(stems.values())
    told = [word for word, stem in stems.items() if stem in tokens]
    numbers = frozenset(word for word in told if any(sign.isdigit() for sign in word))
    others, sides = _others(words, tokens, meanings, language), _sides(words, language)
    strange = [word for word in told if is_everyday and word.isalpha() and not is_everyday(word)]
    # What staff explain, or stands in _APART, is a word of the trade.
    names = {stems[word] for word in strange if not _sides([word], language)} - others.keys()
    return Said(" ".join(words), frozenset(tokens), others, numbers, frozenset(names), sides)


# What stands for the medicine that a question is about.
IT = "it"


def without_names(words: Iterable[str], called: Container[str]) -> list[str]:
    """`words` with IT for every name of `called`, the longest first."""
    return [IT if is_name else piece for piece, is_name in _pieces(words, called)]


def names_in(words: Iterable[str], called: Container[str]) -> list[str]:
    """The names of `called` among `words`, of two that overlap the first, and of those the longest."""
    return [piece for piece, is_name in _pieces(words, called) if is_name]


def _pieces(words: Iterable[str], called: Container[str]) -> Iterator[tuple[str, bool]]:
    rest = list(words)
    while rest:
        length = next((n for n in range(_LONGEST_NAME, 0, -1) if " ".join(rest[:n]) in called), 0)
        yield " ".join(rest[: length or 1]), bool(length)
        rest = rest[length or 1 :]


def nearness(one: Said, other: Said, cosine: float | None) -> tuple[float, bool] | None:
    """How alike two questions are that mean the same, from 0 to 1, and whether their words alone say so; else None.

    `cosine` is how near they are in meaning, None where that is not known.
    """
    if are_apart(one, other):
        return None
    held = share(one, other)
    if held >= BY_WORDS and (cosine is None or held >= cosine):
        return held, True
    if cosine is None:
        return None
    least = BY_BOTH if held >= _HELD_BY_BOTH else BY_MEANING
    return (cosine, False) if cosine >= least else (held, True) if held >= BY_WORDS else None


def are_apart(one: Said, other: Said) -> bool:
    """Whether two questions name different numbers, strange words, or sides of the same thing."""
    if one.numbers and other.numbers and one.numbers != other.numbers:
        return True
    if any(side.isdisjoint(other.sides[key]) for key, side in one.sides.items() if key in other.sides):
        return True
    mine, theirs = one.names - other.tokens, other.names - one.tokens
    return bool(mine and theirs) and not all(_is_said(name, other) or _is_slip(name, theirs) for name in mine)


def share(one: Said, other: Said) -> float:
    """How much of the words of both questions the other one holds, from 0 to 1."""
    if not one.tokens or not other.tokens:
        return 1.0 if one.tokens == other.tokens else 0.0
    held = sum(_held(token, one, other) for token in one.tokens)
    held += sum(_held(token, other, one) for token in other.tokens)
    return held / (len(one.tokens) + len(other.tokens))


def _held(token: str, asked: Said, other: Said) -> float:
    if token in other.tokens:
        return 1.0
    if _is_said(token, other) or any(group <= other.tokens for group in asked.others.get(token, ())):
        return _LEADS
    return 0.0


def _is_said(token: str, other: Said) -> bool:
    """Whether a word of the other question says `token`, or leads to it."""
    return any(token in group for groups in other.others.values() for group in groups)


def _is_slip(name: str, others: Iterable[str]) -> bool:
    return not spelling.near(name).isdisjoint(others)


def _others(
    words: list[str], tokens: set[str], meanings: Iterable[Meaning], language: str
) -> dict[str, list[frozenset[str]]]:
    spoken = f" {' '.join(words)} "
    found: dict[str, list[frozenset[str]]] = {}
    for meaning in meanings:
        if f" {meaning.typed} " not in spoken:
            continue
        meant = analysis.tokens(meaning.meant, language)
        # Of the headings to which a word leads any one will do; another word for it is wanted whole.
        groups = [frozenset([token]) for token in meant] if meaning.is_intent else [frozenset(meant)]
        for token in tokens & set(analysis.tokens(meaning.typed, language)):
            found.setdefault(token, []).extend(group for group in groups if group)
    return found


def _sides(words: Iterable[str], language: str) -> dict[int, frozenset[int]]:
    said = set(words)
    found = {
        number: frozenset(side for side, named in enumerate(line.split("|")) if not said.isdisjoint(named.split()))
        for number, line in enumerate(_APART.get(language, ()))
    }
    return {number: sides for number, sides in found.items() if sides}
