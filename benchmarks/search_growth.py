"""What a search takes while a portal grows to a million answers, beside plain PostgreSQL full-text search.

Answers are made by copying a collection's documents for invented drugs (growing.py). Half of the questions name one of
these drugs; within a drug, each question is asked of another one. A million answers take some 10 GB of disk, which is
given back at the end unless they are to be kept.
"""

import argparse
import shutil
import sys
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path

if not __package__:
    # Run as a file: the project's root takes the place of this folder, whose names are no modules of their own.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from django.conf import settings

from benchmarks import collection, scratch
from benchmarks.asking import Ask, Run, run
from benchmarks.collection import Question
from benchmarks.growing import bytes_of, grow
from benchmarks.loading import load
from benchmarks.peers import ts_rank
from benchmarks.peers.entries import sought
from faq.models import Drug
from faq.search import engine
from faq.search.meaning import model
from portal.chrome.models import Market

SIZES = (16_000, 100_000, 1_000_000)
# Large portals have more answers to each drug too.
FEW, MANY, LARGE = 100, 200, 500_000
BYTES_EACH = 12_000
# Milliseconds that 95 of 100 searches are to stay below, by answers at most, where, and whether by words alone.
TARGETS = {
    (20_000, "everywhere", False): 25,
    (20_000, "everywhere", True): 12,
    (1_000_000, "everywhere", False): 75,
    (1_000_000, "within its drug", False): 20,
}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docs", type=Path, required=True, help="documents to make answers of, as medquad's")
    parser.add_argument("--queries", type=Path, nargs="+", required=True, help="questions, .jsonl")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="how many answers")
    parser.add_argument("--questions", type=int, default=100, help="at most so many are asked")
    parser.add_argument("--keep", action="store_true", help="keep the databases for the next run")
    parser.add_argument("--fresh", action="store_true", help="make them anew in any case")
    return parser.parse_args()


def main() -> None:
    options = arguments()
    asked = [question for path in options.queries for question in collection.questions(path)]
    asked = asked[:: max(1, len(asked) // options.questions)][: options.questions]
    for answers in options.sizes:
        if shutil.disk_usage(scratch.FOLDER.parent).free < 1.5 * BYTES_EACH * answers:
            print(f"\n{answers:,} answers: left out, they need some {BYTES_EACH * answers / 1e9:.0f} GB of disk")
            continue
        name = grow(load(options.docs), answers, MANY if answers >= LARGE else FEW, fresh=options.fresh)
        _report(answers, asked)
        if not options.keep:
            scratch.drop(name)


def _report(answers: int, asked: Sequence[Question]) -> None:
    market, drugs = Market.objects.get(), list(Drug.objects.select_related("market", "category").order_by("pk"))
    held, indexes = bytes_of("search_searchentry")
    print(
        f"\n{answers:,} answers, {len(drugs):,} drugs; index {held / 1e6:,.0f} MB and {indexes / 1e6:,.0f} MB of trees"
    )
    print(f"{len(asked)} questions, half with a drug's name; {model.state()}; {scratch.load_average()}")
    print(f"{'':42}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}{'target':>9}{'p95 of it':>11}")
    strides = [drugs[place * 37 % len(drugs)] for place in range(len(asked))]
    named = [
        question._replace(text=f"{question.text} {drug.name}", drug_key=str(drug.pk)) if number % 2 else question
        for number, (question, drug) in enumerate(zip(asked, cycle(strides), strict=False))
    ]
    _measure(answers, "everywhere", named, _asking(market, {}))
    within = [question._replace(drug_key=str(drug.pk)) for question, drug in zip(asked, strides, strict=True)]
    _measure(answers, "within its drug", within, _asking(market, {str(drug.pk): drug for drug in drugs}))


def _measure(answers: int, where: str, asked: Sequence[Question], asking: dict[str, Ask]) -> None:
    for name, made in zip(asking, run(asked, *asking.values()), strict=True):
        target = None if "PostgreSQL" in name else _target(answers, where, is_lexical="alone" in name)
        print(_line(f"{where}: {name}", made, target), flush=True)


def _target(answers: int, where: str, *, is_lexical: bool) -> int | None:
    """That of the smallest portal that is no smaller than this one."""
    fitting = [most for most, *kind in TARGETS if answers <= most and kind == [where, is_lexical]]
    return TARGETS[min(fitting), where, is_lexical] if fitting else None


def _asking(market: Market, drugs: dict[str, Drug]) -> dict[str, Ask]:
    """Who is asked: this engine with and without the sentence model, and plain PostgreSQL; within `drugs` if given."""
    has_meaning = settings.SEARCH_MEANING

    def engine_asks(question: Question, *, is_on: bool) -> list[str]:
        settings.SEARCH_MEANING = has_meaning and is_on
        found = engine.search(question.text, market, drugs.get(question.drug_key))
        settings.SEARCH_MEANING = has_meaning
        return [str(hit.version.faq_id) for hit in found.hits]

    return {
        "words and meaning": lambda question: engine_asks(question, is_on=True),
        "words alone": lambda question: engine_asks(question, is_on=False),
        ts_rank.TsRank.name: lambda question: ts_rank.search(sought(question.text), question.drug_key if drugs else ""),
    }


def _line(name: str, made: Run, target: int | None) -> str:
    times = f"{made.p50:>9.1f}{made.p95:>9.1f}{max(made.milliseconds):>9.1f}"
    return f"{name:42}{times}" + (f"{target:>9}{made.p95 / target:>11.2f}" if target else "")


if __name__ == "__main__":
    main()
