"""Marks the sought words in what is shown, and cuts the best passage out of an answer. Pure."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString

from faq.search import analysis

# Characters that a passage has at most: three or four lines beside a phone's width.
LENGTH = 260
# And one that may not be cut.
WHOLE = 600
_ROW, _DEFINITION = 0.6, 0.2
# A full stop after a single letter (e.g., z. B.), a number (am 3. Tag) or a short form ends no sentence.
_SENTENCES = re.compile(
    r"(?<=[.!?])(?<!\b\w\.)(?<!\d\.)(?<!\b(?:vs|Dr|ca|St|Nr|No)\.)(?<!\b(?:bzw|ggf|Fig|Tab|Abb)\.)"
    r"\s+(?=[^\W\d_a-z])"
)
# A number with its decimals is one word, as it is to the analyser: 0.5 mg says nothing about 5 mg.
_WORDS = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:['’]s\b)?")
# What turns or limits a statement: a passage from which one of these is cut away would say something else.
_LIMITS = re.compile(
    r"\b(?:not|no|nor|none|never|neither|without|cannot|unless|except|only|until|avoid\w*|contraindicat\w*|\w+n['’]t"
    r"|nicht|nichts|nie|niemals|kein\w*|ohne|weder|noch|außer|nur|sofern|vermeiden|kontraindi\w*)\b",
    re.IGNORECASE,
)


class Sought:
    """The tokens that are sought in a language, each with its worth, and what words of a text are worth by them."""

    def __init__(self, worth: Mapping[str, float], language: str) -> None:
        self._worth, self._language = worth, language
        # A page shows the same words again and again, and to analyse one costs more than to remember it.
        self._known: dict[str, tuple[float, str]] = {}

    def value(self, word: str) -> float:
        """What one word is worth; 0 for one that is not sought."""
        return self._look_up(word)[0]

    def total(self, text: str) -> float:
        """What the distinct tokens in `text` are worth together."""
        found = (self._look_up(word) for word in _WORDS.findall(text))
        return sum({token: value for value, token in found if value}.values())

    def _look_up(self, word: str) -> tuple[float, str]:
        known = self._known.get(word)
        if known is None:
            tokens = _tokens(word, self._language)
            known = max(((self._worth.get(token, 0.0), token) for token in tokens), default=(0.0, ""))
            self._known[word] = known
        return known


@lru_cache(maxsize=50_000)
def _tokens(word: str, language: str) -> tuple[str, ...]:
    return tuple(analysis.tokens(word, language))


def marked(text: str, sought: Sought) -> SafeString:
    """`text` escaped, with <mark> around each word that is sought."""
    pieces, end = [], 0
    for match in _WORDS.finditer(text):
        if sought.value(match[0]):
            pieces.append(f"{escape(text[end : match.start()])}<mark>{escape(match[0])}</mark>")
            end = match.end()
    return SafeString("".join(pieces) + escape(text[end:]))


def passage(lines: str, sought: Sought) -> str:
    """The statement of `lines`, one or two sentences of at most LENGTH characters, that says most of what is sought.

    Empty where none says any of it. What is left out before or after a cut sentence is shown as an ellipsis. A row of a
    table, and a sentence that would lose a negation or a limit, is shown whole, or not where it is longer than WHOLE.
    """
    best, most = "", 0.0
    for line in lines.split("\n"):
        if sought.total(line) <= most:
            continue
        for said in _windows(_SENTENCES.split(line)):
            value = sought.total(said) * _weight(said)
            if value > most:
                best, most = said, value
    return _cut(best, sought)


def _windows(sentences: list[str]) -> Iterator[str]:
    """Each sentence, and with the one after it where both are short."""
    for place, sentence in enumerate(sentences):
        yield sentence
        both = " ".join(sentences[place : place + 2])
        if len(both) <= LENGTH:
            yield both


def _weight(said: str) -> float:
    """Of what is worth the same, a sentence tells more than the row of a table, and that more than a definition."""
    if said.count(" = ") > 1:
        return _DEFINITION
    return _ROW if " · " in said else 1.0


def _cut(said: str, sought: Sought) -> str:
    if len(said) <= LENGTH:
        return said
    places = (match.start() for match in _WORDS.finditer(said) if sought.value(match[0]))
    start = max(0, min(next(places, 0) - LENGTH // 4, len(said) - LENGTH))
    if start:
        start = said.find(" ", start) + 1
    end = said.rfind(" ", start, start + LENGTH) if start + LENGTH < len(said) else len(said)
    if " · " in said or _LIMITS.search(said[:start]) or _LIMITS.search(said[end:]):
        return said if len(said) <= WHOLE else ""
    return f"{'… ' if start else ''}{said[start:end]}{' …' if end < len(said) else ''}"
