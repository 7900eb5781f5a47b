"""Texts in visitors' words, and what a person would say of them."""

from pathlib import Path
from typing import NamedTuple

_HERE = Path(__file__).resolve().parent


class Example(NamedTuple):
    """What is expected, the language of the market, the kind of harm, and the text."""

    expected: str
    language: str
    category: str
    text: str


def examples() -> list[Example]:
    """Those that the screen was written with."""
    return [Example(*row) for row in _rows("examples.txt")]


def held_out() -> list[Example]:
    """Those that it was not: `benchmarks.safety --visitors` says how it fares on them, and no term is made by them."""
    return [Example(expected, language, "-", text) for expected, language, text in _rows("heldout.txt")]


def counted(name: str) -> list[Example]:
    """Texts of `fresh`, which terms may be made better by, or of `unseen`, which are only counted."""
    return [Example(expected, language, "-", text) for expected, language, text in _rows(f"{name}.txt")]


def _rows(name: str) -> list[list[str]]:
    lines = (_HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]
