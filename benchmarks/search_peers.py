"""This project's search beside other engines, in one run, on the same questions, asked in turn.

Each folder is a collection: docs.jsonl or docs.jsonl.gz, queries.HALF.jsonl, qrels.HALF.jsonl. Peers that are not
installed (`pip install -e '.[peers]'`) are named as left out.
"""

import argparse
import importlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

if not __package__:
    # Run as a file: the project's root takes the place of this folder, whose names are no modules of their own.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from django.conf import settings

from benchmarks import collection, measures, scratch
from benchmarks.asking import Ask, Run, engine_asks, run
from benchmarks.collection import Question
from benchmarks.holding import hold
from benchmarks.loading import Loaded, load
from benchmarks.measures import Grades
from benchmarks.peers.entries import Entry, Peer, entries, sought
from faq.search.meaning import model

# Module, class and the package that it needs.
PEERS = (
    ("fts5", "Fts5", ""),
    ("ts_rank", "TsRank", ""),
    ("with_modelsearch", "ModelSearch", "modelsearch"),
    ("with_tantivy", "Tantivy", "tantivy"),
    ("with_bm25s", "Bm25s", "bm25s"),
)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collections", type=Path, nargs="+", metavar="FOLDER", help="a collection")
    parser.add_argument("--half", default="dev", help="which questions: queries.HALF.jsonl (dev)")
    parser.add_argument("--field", choices=collection.FIELDS, default="text", help="how questions are put")
    parser.add_argument("--without", nargs="*", default=[], metavar="PEER", help="modules of peers to leave out")
    return parser.parse_args()


def main() -> None:
    options = arguments()
    for folder in options.collections:
        print(f"\n{folder.name}, {scratch.load_average()}", flush=True)
        loaded = load(next(folder.glob("docs.jsonl*")))
        asked = collection.questions(folder / f"queries.{options.half}.jsonl", options.field)
        judged = collection.judgements(folder / f"qrels.{options.half}.jsonl")
        peers = list(_made(entries(hold(loaded.documents)), options.without))
        print(f"{'':32}{'questions':>10}{'nDCG@10':>10}{'success@3':>10}{'p50 ms':>10}{'p95 ms':>10}")
        _compare("everywhere", asked, judged, loaded, peers, per_drug=False)
        within = [question for question in asked if question.drug_key in loaded.drugs]
        if within:
            _compare("within its drug", within, judged, loaded, peers, per_drug=True)
        for peer in peers:
            peer.close()


def _made(held: Sequence[Entry], without: Sequence[str]) -> Iterator[Peer]:
    for module, name, package in PEERS:
        if module in without:
            print(f"left out as asked: {module}")
            continue
        try:
            peer = getattr(importlib.import_module(f"benchmarks.peers.{module}"), name)
        except ImportError as error:
            print(f"left out, not installed: {package} ({error})")
            continue
        scratch.say(f"Indexing {len(held):,} answers: {peer.name}")
        yield peer(held)


def _compare(
    where: str,
    asked: Sequence[Question],
    judged: Mapping[str, Grades],
    loaded: Loaded,
    peers: Sequence[Peer],
    *,
    per_drug: bool,
) -> None:
    names = ["this, words and meaning", "this, words alone", *(peer.name for peer in peers)]
    engine = engine_asks(loaded, per_drug=per_drug)
    asking = [_meaning(engine, is_on=True), _meaning(engine, is_on=False)]
    asking += [_peer_asks(peer, loaded, per_drug) for peer in peers]
    print(f"{where}; search by meaning is {model.state()}")
    for name, made in zip(names, run(asked, *asking), strict=True):
        print(_line(name, made, judged), flush=True)


def _meaning(ask: Ask, *, is_on: bool) -> Ask:
    has_meaning = settings.SEARCH_MEANING

    def switched(question: Question) -> list[str]:
        settings.SEARCH_MEANING = has_meaning and is_on
        try:
            return ask(question)
        finally:
            settings.SEARCH_MEANING = has_meaning

    return switched


def _peer_asks(peer: Peer, loaded: Loaded, per_drug: bool) -> Ask:
    def ask(question: Question) -> list[str]:
        found = peer.search(sought(question.text), question.drug_key if per_drug else "")
        return list(dict.fromkeys(loaded.document_of[content_id] for content_id in found))

    return ask


def _line(name: str, made: Run, judged: Mapping[str, Grades]) -> str:
    quality = measures.quality(made.found, judged)
    figures = f"{quality.ndcg10:>10.3f}{quality.success3:>10.3f}{made.p50:>10.1f}{made.p95:>10.1f}"
    return f"  {name:30}{len(made.milliseconds):>10}{figures}"


if __name__ == "__main__":
    main()
