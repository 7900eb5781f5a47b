"""How well questions that mean the same are put together, and what the page of gaps costs with 20,000 of them.

.venv/bin/python -m benchmarks.gaps [--gaps 20000] [--events 200000] [--each]
"""

import argparse
import random
import time
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import scratch  # first: it sets Django up
from benchmarks.alike import PAIRS
from faq.models import Category, Drug
from faq.search import alike, grouping, lexicon, log
from faq.search.meaning import model, source
from faq.search.models import SearchEvent, SearchGap
from portal.accounts.models import User
from portal.chrome.models import Market

ROUNDS = 15
SUBJECTS = (
    "storage dose pregnancy alcohol headache driving surgery vaccination lactose warfarin nausea fever rash sleep "
)
SUBJECTS += "weight glucose exercise travel dialysis asthma migraine eczema anaemia epilepsy cough itching fatigue gout"
FORMS = (
    "{0} and {1}",
    "is {0} safe with {1}",
    "{1} after {0} in week {2}",
    "{0} when {1} {2}",
    "{0} {1} {2}",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gaps", type=int, default=20_000)
    parser.add_argument("--events", type=int, default=200_000)
    parser.add_argument("--each", action="store_true", help="print every pair that stands otherwise than it should")
    wanted = parser.parse_args()
    recipe = scratch.Recipe(f"gaps-{wanted.gaps}-{wanted.events}", "none")
    scratch.use("gaps", recipe, lambda: _fill(wanted.gaps, wanted.events), lambda: None, fresh=True)
    _examples(wanted.each)
    _cost(wanted.gaps)


def _examples(each: bool) -> None:
    """Prints how many of the pairs stand together, by words alone and with meaning where it is known."""
    print("| pairs | number | together by words | together with meaning |\n|---|---|---|---|")
    for language, is_same, pairs in PAIRS:
        by_words = [_together(language, pair, with_meaning=False) for pair in pairs]
        told = "-"
        if source.speaks(language) and model.state().is_on:
            by_meaning = [_together(language, pair, with_meaning=True) for pair in pairs]
            told = str(sum(by_meaning))
            wrong = [pair for pair, found in zip(pairs, by_meaning, strict=True) if found != is_same]
        else:
            wrong = [pair for pair, found in zip(pairs, by_words, strict=True) if found != is_same]
        print(f"| {language}, {'same' if is_same else 'different'} | {len(pairs)} | {sum(by_words)} | {told} |")
        if each:
            print(*(f"    {' / '.join(pair)}" for pair in wrong), sep="\n")


def _together(language: str, pair: tuple[str, str], *, with_meaning: bool) -> bool:
    market = Market.objects.get(code="us")
    meanings = grouping.meanings(market, language)

    def is_everyday(word: str) -> bool:
        return lexicon.is_everyday(word, language)

    knows = is_everyday if with_meaning else None
    one, other = (alike.read(text, language, meanings=meanings, is_everyday=knows) for text in pair)
    spoken = model.encode([one.text, other.text]) if with_meaning else None
    return alike.nearness(one, other, None if spoken is None else float(spoken[0] @ spoken[1])) is not None


def _fill(number: int, events: int) -> None:
    dice = random.Random(6)  # noqa: S311  (the same questions every time)
    market = Market.objects.create(code="us", name="US", is_default=True, language_tag="en-US")
    category = Category.objects.create(market=market, slug="all", name="All")
    made = [Drug(market=market, category=category, slug=f"d{n}", name=f"Brandix{n}") for n in range(200)]
    drugs = [*Drug.objects.bulk_create(made), None, None]
    words, today = SUBJECTS.split(), log.today()
    rows: dict[tuple[Drug | None, str], SearchGap] = {}
    while len(rows) < number:
        text = dice.choice(FORMS).format(*dice.sample(words, 2), dice.randint(1, 400))
        drug, asked = dice.choice(drugs), today - timedelta(days=dice.randint(0, 170))
        first = asked - timedelta(days=dice.randint(0, 9))
        key = " ".join(sorted(set(text.split())))
        rows[drug, key] = SearchGap(
            market=market, drug=drug, key=key, text=text, asked=dice.randint(1, 40), first_asked=first, last_asked=asked
        )
    gaps = SearchGap.objects.bulk_create(rows.values(), batch_size=2000)
    SearchEvent.objects.bulk_create((_event(dice.choice(gaps), dice) for _ in range(events)), batch_size=5000)


def _event(gap: SearchGap, dice: random.Random) -> SearchEvent:
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    at = now - timedelta(days=dice.randint(0, 170))
    asked: dict[str, Any] = {"kind": "asked", "results": 0, "answered": False}
    return SearchEvent(at=at, market_id=gap.market_id, drug_id=gap.drug_id, text=gap.text, key=gap.key, **asked)


def _cost(number: int) -> None:
    market = Market.objects.get(code="us")
    begun = time.perf_counter()
    grouped = grouping.group(market)
    took = time.perf_counter() - begun
    leaders = SearchGap.objects.filter(leader=None).count()
    print(f"\n{grouped:,} of {number:,} gaps put into {leaders:,} groups in {took:.1f} s ({model.state()})")
    begun = time.perf_counter()
    grouping.group(market)
    print(f"nothing new to put anywhere: {1000 * (time.perf_counter() - begun):.1f} ms")
    scratch.settle()
    client = Client()
    client.force_login(User.objects.create_superuser("root", "root@example.com"))
    drug = Drug.objects.order_by("pk").first()
    print(f"\n| page of gaps ({scratch.load_average()}) | queries | median ms | slowest ms |\n|---|---|---|---|")
    for label, asked in (
        ("all", {}),
        ("page 40", {"p": 40}),
        ("one medicine", {"drug": drug.pk if drug else ""}),
        ("last 30 days", {"days": 30}),
        ("last 90 days", {"days": 90}),
    ):
        _measure(client, label, asked)


def _measure(client: Client, label: str, asked: dict[str, Any]) -> None:
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        with CaptureQueriesContext(connection) as captured:
            response = client.get("/admin/search/searchgap/groups/", asked, headers={"host": "localhost"})
        times.append(1000 * (time.perf_counter() - begun))
        assert response.status_code == 200, response.status_code
    print(f"| {label} | {len(captured)} | {median(times):.0f} | {max(times):.0f} |")


if __name__ == "__main__":
    main()
