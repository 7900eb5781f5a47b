"""Turns what a visitor typed into words to look for. Pure."""

import re

MAX_LENGTH = 400
MAX_WORDS = 24

# PostgreSQL's text search configuration for each language that a market may speak; "simple" knows no grammar.
_CONFIGURATIONS = {
    "en": "english",
    "de": "german",
    "fr": "french",
    "es": "spanish",
    "it": "italian",
    "pt": "portuguese",
}
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


def clean(text: str) -> str:
    """`text` on one line, without control characters, cut to a length that a question can have."""
    printable = "".join(character if character.isprintable() else " " for character in text[: 4 * MAX_LENGTH])
    return " ".join(printable.split())[:MAX_LENGTH]


def words(text: str) -> list[str]:
    """The distinct words of `text`, at most MAX_WORDS of them."""
    # Lower case as PostgreSQL makes it: casefold() turns the µ of µg into a μ that the index does not hold.
    return list(dict.fromkeys(_WORD.findall(clean(text).lower())))[:MAX_WORDS]


def configuration(language_tag: str) -> str:
    """The name of PostgreSQL's text search configuration for a language tag such as en-US."""
    return _CONFIGURATIONS.get(language_tag.split("-")[0].lower(), "simple")
