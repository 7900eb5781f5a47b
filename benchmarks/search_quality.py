"""How well search finds what judges found relevant, and how fast, on any collection of documents and questions.

Needs what `make run` or `make test` installs. The documents are loaded into a scratch database that is kept: the next
run with the same documents and the same index asks at once. The last line is JSON.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

if not __package__:
    # Run as a file: the project's root takes the place of this folder, whose names are no modules of their own.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from django.conf import settings

from benchmarks import absence, brands, collection, measures, scratch, typos
from benchmarks.asking import Ask, Run, engine_asks, run
from benchmarks.collection import Question
from benchmarks.loading import Loaded, load
from benchmarks.measures import Grades, Quality
from faq.search.meaning import model

WIDTH = 26
TITLES = ("nDCG@10", "MRR@10", "recall@10", "success@1", "success@3", "p50 ms", "p95 ms")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docs", type=Path, required=True, help="documents, .jsonl or .jsonl.gz")
    parser.add_argument("--queries", type=Path, required=True, help="questions, .jsonl")
    parser.add_argument("--qrels", type=Path, required=True, help="judgements, .jsonl")
    parser.add_argument("--field", choices=collection.FIELDS, default="text", help="how questions are put")
    parser.add_argument("--per-drug", action="store_true", help="within the drug that each question is about")
    parser.add_argument("--no-meaning", action="store_true", help="by words alone, without the sentence model")
    parser.add_argument("--typos", action="store_true", help="also with one edit in the rarest word of each question")
    parser.add_argument("--brands", action="store_true", help="also with a brand name in the place of a generic one")
    parser.add_argument("--out-of-corpus", action="store_true", help="also while what answers them is not there")
    parser.add_argument("--other-queries", type=Path, help="with --out-of-corpus: questions of another collection")
    parser.add_argument(
        "--each", action="store_true", help="also each question, the worst first, and answers that are wrong"
    )
    parser.add_argument("--json", action="store_true", help="print nothing but the last line")
    parser.add_argument("--fresh", action="store_true", help="load the documents anew in any case")
    return parser.parse_args()


def main() -> None:
    options = arguments()
    loaded = load(options.docs, fresh=options.fresh)
    settings.SEARCH_MEANING = settings.SEARCH_MEANING and not options.no_meaning
    judged = collection.judgements(options.qrels)
    questions = _askable(collection.questions(options.queries, options.field), loaded, options.per_drug)
    order = engine_asks(loaded, per_drug=options.per_drug)
    answers = engine_asks(loaded, per_drug=options.per_drug, only_answers=True)
    made, shown = run(questions, order, answers)
    quality = measures.quality(made.found, judged)
    lines = [*_head(options, loaded, questions), _line("as typed", quality, made)]
    lines.append(_line("only what is shown", measures.quality(shown.found, judged)))
    figures = _rounded(quality, made)
    if options.typos:
        mistyped = run(_mistyped(questions, loaded), order)[0]
        with_typo = measures.quality(mistyped.found, judged)
        kept = _kept(with_typo, quality)
        lines += [_line("one typo in each", with_typo, mistyped), f"nDCG kept with a typo: {kept:.1%}"]
        figures |= {"typo_ndcg10": round(with_typo.ndcg10, 4), "typo_kept": round(kept, 4)}
    if options.brands:
        lines += _brands(questions, judged, loaded, order, figures)
    if options.out_of_corpus:
        lines += _absence(options, questions, judged, loaded, figures)
    if options.each:
        lines += _each(questions, made, judged)
    if not options.json:
        print("\n".join([*lines, scratch.load_average()]))
    print(json.dumps(figures))


def _askable(questions: Sequence[Question], loaded: Loaded, per_drug: bool) -> list[Question]:
    """Within a drug, only questions of which a drug is known can be asked."""
    return [question for question in questions if not per_drug or question.drug_key in loaded.drugs]


def _head(options: argparse.Namespace, loaded: Loaded, questions: Sequence[Question]) -> list[str]:
    where = "each within its drug" if options.per_drug else "everywhere"
    asked = f"{len(questions):,} questions ({options.field}), {where}"
    return [
        f"{len(loaded.documents):,} documents of {len(loaded.drugs):,} drugs, {asked}",
        f"Search by meaning is {model.state()}",
        f"{'':{WIDTH}}" + "".join(f"{title:>11}" for title in TITLES),
    ]


def _line(name: str, quality: Quality, made: Run | None = None) -> str:
    shares = "".join(f"{value:>11.3f}" for value in quality)
    return f"{name:{WIDTH}}{shares}" + (f"{made.p50:>11.1f}{made.p95:>11.1f}" if made else "")


def _mistyped(questions: Sequence[Question], loaded: Loaded) -> list[Question]:
    frequency = typos.frequencies(document.text for document in loaded.documents)
    return [question._replace(text=typos.mistyped(question.text, frequency, question.id)) for question in questions]


def _kept(after: Quality, before: Quality) -> float:
    return after.ndcg10 / before.ndcg10 if before.ndcg10 else 0.0


def _brands(
    questions: Sequence[Question],
    judged: Mapping[str, Grades],
    loaded: Loaded,
    order: Ask,
    figures: dict[str, float],
) -> list[str]:
    """Lines about questions that name a drug by its generic name, and by its brand; the share kept is in `figures`."""
    names = brands.mined(loaded)
    asked = brands.asked(questions, names, loaded)
    if not asked:
        return ["No question names a drug of which the documents tell a brand."]
    names = {question.drug_key: names[question.drug_key] for question in asked}
    generic = run(asked, order)[0]
    with brands.held(names, loaded):
        brand = run(brands.renamed(asked, names, loaded), order)[0]
    before, after = measures.quality(generic.found, judged), measures.quality(brand.found, judged)
    kept = _kept(after, before)
    figures["brand_kept"] = round(kept, 4)
    said = f"nDCG kept with a brand name: {kept:.1%} of {len(asked)} questions about {len(names)} drugs"
    return [_line("by generic name", before, generic), _line("by brand name", after, brand), said]


def _absence(
    options: argparse.Namespace,
    questions: Sequence[Question],
    judged: Mapping[str, Grades],
    loaded: Loaded,
    figures: dict[str, float],
) -> list[str]:
    """Lines about questions whose answer is there and is not; their shares go into `figures`."""
    able = [question for question in questions if measures.holds(judged.get(question.id, {}), measures.RELEVANT)]
    what = "what answers them is" if options.per_drug else "what is about the same is"
    there = absence.with_answers(able, loaded, per_drug=options.per_drug)
    gone = absence.without_answers(able, judged, loaded, per_drug=options.per_drug)
    figures |= {"answered": round(there.share, 4), "answered_beyond_doubt": round(there.certain, 4)}
    figures |= {"gone_answered": round(gone.share, 4), "gone_answered_beyond_doubt": round(gone.certain, 4)}
    lines = [f"Get an answer: {there} of those with one", f"Get an answer: {gone} while {what} not there"]
    if options.other_queries:
        others = absence.strangers(collection.questions(options.other_queries, options.field), loaded)
        lines.append(f"Get an answer: {others} of other questions, about what no document here names")
    if options.each:
        lines += [
            f"Gone, yet answered: {answer.question.text[:100]} -> {answer.first[:100]}" for answer in gone.answers
        ]
        spoken = {answer.question.id for answer in there.answers}
        lines += [f"There, yet unanswered: {question.text[:100]}" for question in able if question.id not in spoken]
    return lines


def _each(questions: Sequence[Question], made: Run, judged: Mapping[str, Grades]) -> list[str]:
    """What an engineer who tunes looks at first."""
    worth = {
        question: measures.ndcg(made.found[question.id], judged[question.id])
        for question in questions
        if measures.holds(judged.get(question.id, {}), measures.RELATED)
    }
    return [
        f"{value:.3f} {question.id}: {question.text[:100]} -> {' '.join(made.found[question.id][:3]) or 'no answer'}"
        for question, value in sorted(worth.items(), key=lambda pair: pair[1])
    ]


def _rounded(quality: Quality, made: Run) -> dict[str, float]:
    shares = {name: round(value, 4) for name, value in quality._asdict().items()}
    return {**shares, "p50": round(made.p50, 2), "p95": round(made.p95, 2)}


if __name__ == "__main__":
    main()
