"""Cuts a text into the word pieces that the sentence model knows, as BERT's uncased tokenizer does. Pure.

The rules are those of "BERT: Pre-training of Deep Bidirectional Transformers" (Devlin et al., 2019) and its published
vocabulary: accents and case are dropped, punctuation and Chinese characters stand alone, and each word becomes the
longest known pieces from its left. "[SEP]" typed by a visitor is text here, never a mark of the model's own.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

UNKNOWN, START, END = "[UNK]", "[CLS]", "[SEP]"
# A longer word is unknown, whatever it is made of.
_LONGEST_WORD = 100
# Control, format, private use and surrogates.
_UNSEEN = ("Cc", "Cf", "Co", "Cs")
_WORD = re.compile(r"\S+")
_CHINESE = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B920, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)


class Tokenizer:
    """Numbers texts by a vocabulary: one piece a line, of which the line's place is the number."""

    def __init__(self, vocabulary: str) -> None:
        self._numbers = {piece: number for number, piece in enumerate(vocabulary.splitlines())}
        self._unknown, self._start, self._end = (self._numbers[mark] for mark in (UNKNOWN, START, END))

    def has(self, word: str) -> bool:
        """Whether `word` is one piece of the vocabulary, which a word of everyday language is."""
        return word in self._numbers

    def ids(self, text: str, length: int) -> list[int]:
        """The numbers of the pieces of `text`, with the marks of its start and end at most `length` of them."""
        found = [self._start]
        for word in words(text):
            if len(found) >= length - 1:
                break
            found += self._pieces(word)
        return [*found[: length - 1], self._end]

    def _pieces(self, word: str) -> Sequence[int]:
        if len(word) > _LONGEST_WORD:
            return [self._unknown]
        pieces, start = [], 0
        while start < len(word):
            number, start = self._longest(word, start)
            if number is None:
                return [self._unknown]
            pieces.append(number)
        return pieces

    def _longest(self, word: str, start: int) -> tuple[int | None, int]:
        for end in range(len(word), start, -1):
            number = self._numbers.get(f"##{word[start:end]}" if start else word[:end])
            if number is not None:
                return number, end
        return None, start


def words(text: str) -> Iterator[str]:
    """The words of `text`, lower-case and without accents; each sign of punctuation is a word."""
    plain = "".join(map(_plain, text))
    return (match.group() for match in _WORD.finditer(plain))


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    if character in "\t\n\r":
        return " "
    if character == "\ufffd" or unicodedata.category(character) in _UNSEEN:
        return ""
    if character.isspace():
        return " "
    if any(first <= ord(character) <= last for first, last in _CHINESE):
        return f" {character} "
    bare = (part for part in unicodedata.normalize("NFD", character) if unicodedata.category(part) != "Mn")
    return "".join(f" {part} " if _is_punctuation(part) else part.lower() for part in bare)


def _is_punctuation(character: str) -> bool:
    # Of ASCII also what Unicode calls a symbol: $ + < = > ^ ` | ~
    if character.isascii():
        return character.isprintable() and not character.isalnum() and character != " "
    return unicodedata.category(character).startswith("P")
