"""How many sentences that tell of an adverse event the safety screen finds, and how many of those it names do."""

import argparse
import gzip
import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from time import process_time
from typing import NamedTuple

from portal.safety.screen import Level, Result, screen

_POSSIBLE = frozenset({Level.POSSIBLE, Level.LIKELY})
_LEVELS = {"possible or above": _POSSIBLE, "likely": frozenset({Level.LIKELY})}


class Judged(NamedTuple):
    """A text, whether somebody said that it tells of harm, and what the screen says."""

    text: str
    harm: bool
    result: Result


class Quality(NamedTuple):
    """Of those with harm, the share found; of those found, the share with harm; how many were found."""

    recall: float
    precision: float
    found: int


def quality(judged: Sequence[Judged], levels: frozenset[Level]) -> Quality:
    """How good it is to look at the texts of these levels alone."""
    found = [one for one in judged if one.result.level in levels]
    right = sum(one.harm for one in found)
    return Quality(right / max(sum(one.harm for one in judged), 1), right / max(len(found), 1), len(found))


def half(text: str) -> int:
    """0 or 1, the same for a text in every run."""
    return hashlib.sha256(text.encode()).digest()[0] % 2


def labelled(path: Path) -> list[tuple[str, bool, str]]:
    """Sentences of a file in JSON lines (`text`, `adverse_event`), in English."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [(row["text"], bool(row["adverse_event"]), "en") for row in rows]


def spoken(path: Path) -> list[tuple[str, bool, str]]:
    """Texts of a file with tabs: harm or none, the language, whatever else, the text."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    rows = [line.split("\t") for line in lines]
    return [(row[-1], row[0] == "harm", row[1]) for row in rows]


def _show(name: str, judged: Sequence[Judged]) -> None:
    print(f"{name}: {len(judged)} texts, {sum(one.harm for one in judged)} with harm")
    for level, levels in _LEVELS.items():
        got = quality(judged, levels)
        print(f"  {level:<18} recall {got.recall:.3f}  precision {got.precision:.3f}  of {got.found}")


def _missed(judged: Iterable[Judged]) -> None:
    for one in judged:
        if one.harm != (one.result.level in _POSSIBLE):
            points = " ".join(f"{point.fact} {point.points:+}" for point in one.result.points)
            print(f"{'missed' if one.harm else 'harmless'} {one.result.score:>3}  {one.text}  [{points}]")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=Path, help="labelled sentences, JSON lines, may be compressed by gzip")
    parser.add_argument("--visitors", type=Path, nargs="*", default=[], help="texts with tabs, as the tests have them")
    parser.add_argument("--halves", action="store_true", help="also each half: one to derive from, one to check on")
    parser.add_argument(
        "--presumed", action="store_true", help="as though each were left where a medicine is spoken of"
    )
    parser.add_argument("--misses", action="store_true", help="print what was missed, and what was named for nothing")
    options = parser.parse_args()
    sources = {path.name: spoken(path) for path in options.visitors}
    if options.sentences:
        sources[options.sentences.name] = labelled(options.sentences)
    for name, texts in sources.items():
        began = process_time()
        judged = [
            Judged(text, harm, screen(text, language, about_product=options.presumed)) for text, harm, language in texts
        ]
        took = process_time() - began
        _show(name, judged)
        for which in (0, 1) if options.halves else ():
            _show(f"{name}, half {which}", [one for one in judged if half(one.text) == which])
        print(f"  {len(texts) / took:,.0f} texts in a second of processor time")
        if options.misses:
            _missed(judged)


if __name__ == "__main__":
    main()
