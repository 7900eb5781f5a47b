"""What a suggestion costs for each letter that is typed, in process, beside the naive way, on a database of its own."""

import argparse
import random
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from django.db import connection

from benchmarks import loading, scratch
from benchmarks.holding import Answer, HeldDrug, Holding
from faq.models import Drug, DrugName, FaqVersion
from faq.search.suggest import suggest
from portal.chrome.models import Market

_SYLLABLES = (
    *("ba", "co", "da", "el", "fi", "gu", "ha", "im", "jo", "ka", "li", "mo", "na", "or", "pra", "qui", "re", "sa"),
    *("ti", "ul", "va", "we", "xo", "yl", "zo", "bren", "cor", "dul", "fex", "hal"),
)
_ENDINGS = ("mab", "nib", "tide", "zole", "pril", "statin", "gliptin", "xaban", "dronate", "kinra")
_QUESTIONS = {
    "Dosing and administration": "What is the recommended dose of {name} in {whom}?",
    "Hepatic impairment": "How is {name} dosed with hepatic impairment in {whom}?",
    "Renal impairment": "Is a dose adjustment of {name} needed for renal impairment in {whom}?",
    "Storage and stability": "How should {name} be stored and handled at home by {whom}?",
    "Drug interactions": "Which drugs interact with {name} in {whom}?",
    "Pregnancy and lactation": "What is known about pregnancy and lactation with {name} in {whom}?",
    "Efficacy": "How effective is {name} in {whom}?",
    "Adverse reactions": "Which adverse reactions of {name} were reported in {whom}?",
    "Missed dose": "What should be done after a missed dose of {name} in {whom}?",
}
_PEOPLE = (
    "adults with heart failure",
    "children with epilepsy",
    "elderly patients with diabetes",
    "patients with psoriasis",
    "patients after transplantation",
    "adolescents with asthma",
)
_NAIVE = """
SELECT drug.name FROM faq_drug drug WHERE drug.market_id = %(market)s AND drug.name ILIKE ALL(%(patterns)s) AND EXISTS (
    SELECT FROM faq_faq faq JOIN faq_faqversion version ON version.faq_id = faq.id AND version.status = 'published'
    WHERE faq.drug_id = drug.id
) UNION ALL (
    SELECT version.question FROM faq_faqversion version JOIN faq_faq faq ON faq.id = version.faq_id
        JOIN faq_drug drug ON drug.id = faq.drug_id
    WHERE faq.market_id = %(market)s AND version.status = 'published'
        AND drug.name || ' ' || version.question ILIKE ALL(%(patterns)s)
    ORDER BY version.question LIMIT 8
) LIMIT 8
"""


def holding(answers: int) -> Holding:
    """Answers about invented drugs, the same ones every time."""
    chance = random.Random(7)  # noqa: S311  (no secret)
    vocabulary = ["".join(parts) for parts in product(_SYLLABLES, repeat=3)]
    asked = list(product(_QUESTIONS.items(), _PEOPLE))
    stems = chance.sample(vocabulary, -(-answers // len(asked)))
    drugs = [HeldDrug(stem, stem.title(), [stem + chance.choice(_ENDINGS), f"BEN-{1000 + number}"])
             for number, stem in enumerate(stems)]  # fmt: skip
    made = []
    for number, (drug, ((topic, question), whom)) in enumerate(product(drugs, asked)):
        body = " ".join(chance.choices(vocabulary, k=120))
        said = question.format(name=drug.name, whom=whom), topic, f"{topic} of {drug.name}.", body
        made.append(Answer(f"B_{number}", f"B_{number}", drug.key, *said))
    return Holding(drugs, made[:answers])


def prepare(answers: int, docs: Path | None) -> Market:
    """Leads this process to a database with so many invented answers, or with the collection `docs`."""
    if docs:
        return loading.load(docs).market
    content = scratch.sources(
        "*/migrations/*.py", "*/*/migrations/*.py", "benchmarks/suggest.py", "benchmarks/loading.py"
    )
    recipe = scratch.Recipe(f"{answers}-{content}", scratch.sources("faq/search/analysis.py", "faq/search/index.py"))
    scratch.use("suggest", recipe, lambda: loading.fill(holding(answers)), loading.reindex)
    return Market.objects.get()


def typed(market: Market, visitors: int) -> Iterator[str]:
    """What visitors have typed after each letter: names, keywords, questions, and each of these with a slip."""
    chance = random.Random(11)  # noqa: S311  (no secret)
    answers = FaqVersion.objects.published().filter(faq__market=market)
    keys = chance.sample(list(answers.order_by("pk").values_list("pk", flat=True)), visitors)
    for version in answers.filter(pk__in=keys).select_related("faq__drug").order_by("pk"):
        drug: Drug = version.faq.drug
        others = list(DrugName.objects.filter(drug=drug).values_list("name", flat=True))
        longest = max(version.question.split(), key=len)
        text = chance.choice([drug.name, version.question, f"{drug.name} {longest}", longest, *others[:2]])[:60]
        text = chance.choice([text, _with_slip(text, chance)])
        yield from (text[:end] for end in range(2, len(text) + 1))


def _with_slip(text: str, chance: random.Random) -> str:
    """`text` with a letter left out of its longest word."""
    word = max(text.split(), key=len)
    place = chance.randrange(len(word))
    return text.replace(word, word[:place] + word[place + 1 :], 1)


def naive(text: str, market: Market) -> list[str]:
    """What has every word anywhere in it."""
    patterns = [f"%{word}%" for word in text.split()]
    with connection.cursor() as cursor:
        cursor.execute(_NAIVE, {"patterns": patterns, "market": market.pk})
        return [found for (found,) in cursor.fetchall()]


def compare(market: Market, visitors: int) -> None:
    """Prints what each way costs after each letter, both measured in turn."""
    ways: dict[str, Callable[[str, Market], list]] = {"suggest": suggest, "ILIKE for each word": naive}
    times: dict[str, list[float]] = {name: [] for name in ways}
    offered = dict.fromkeys(ways, 0)
    texts = list(typed(market, visitors))
    for text, (name, way) in product(["dosi", "dosxi", *texts], ways.items()):
        begun = perf_counter()
        offered[name] += bool(way(text, market))
        times[name].append(1000 * (perf_counter() - begun))
    print(f"{FaqVersion.objects.published().count():,} answers, {len(texts):,} beginnings typed letter by letter")
    print(f"{'way':24}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}{'offers':>9}")
    # The first two only warmed both ways up.
    worst = {name: quantiles(cost[2:], n=20)[-1] for name, cost in times.items()}
    for name, cost in times.items():
        share = offered[name] / len(cost)
        print(f"{name:24}{median(cost[2:]):>9.1f}{worst[name]:>9.1f}{max(cost[2:]):>9.1f}{share:>9.0%}")
    print(
        f"p95 of suggest is {worst['suggest'] / worst['ILIKE for each word']:.2f} of ILIKE's; {scratch.load_average()}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=16_000, help="how many invented answers to suggest from")
    parser.add_argument("--docs", type=Path, help="suggest from the documents of this collection instead")
    parser.add_argument("--visitors", type=int, default=80, help="how many texts are typed, letter by letter")
    options = parser.parse_args()
    compare(prepare(options.answers, options.docs), options.visitors)


if __name__ == "__main__":
    main()
