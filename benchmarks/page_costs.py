"""What pages cost in queries and milliseconds, in process, on the content of the configured database."""

import argparse
import os
import random
from statistics import median, quantiles
from time import perf_counter
from urllib.parse import urlencode

import django
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from faq.models import FaqVersion  # noqa: E402
from portal.chrome.models import Market  # noqa: E402

Cost = tuple[list[float], int]


def measure(client: Client, addresses: list[str], rounds: int) -> Cost:
    """Milliseconds of `rounds` requests spread over `addresses`, and the most queries that one of them made."""
    most, times = 0, []
    for address in addresses:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        assert response.status_code == 200, f"{address}: {response.status_code}"
        most = max(most, len(queries))
    for turn in range(rounds):
        begun = perf_counter()
        client.get(addresses[turn % len(addresses)])
        times.append(1000 * (perf_counter() - begun))
    return times, most


def addresses(market: Market, count: int) -> dict[str, list[str]]:
    """Some addresses of each kind of page, the same ones in every run."""
    keys = list(FaqVersion.objects.for_page(market).order_by("pk").values_list("pk", flat=True))
    chosen = random.Random(7).sample(keys, min(count, len(keys)))  # noqa: S311  (a sample, not a secret)
    answers = list(FaqVersion.objects.for_page(market).filter(pk__in=chosen))
    home = market.get_absolute_url()
    asked = [urlencode({"q": answer.question}) for answer in answers]
    within = [urlencode({"q": answer.question, "drug": answer.faq.drug.slug}) for answer in answers]
    return {
        "nothing (/healthz)": ["/healthz"],
        "home": [home],
        "browse": [f"{home}medical-information/"],
        "drug": [answer.faq.drug.get_absolute_url() for answer in answers],
        "answer": [answer.get_absolute_url() for answer in answers],
        "search, all medicines": [f"{home}search/?{query}" for query in asked],
        "search, one medicine": [f"{home}search/?{query}" for query in within],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=60, help="requests for each kind of page")
    parser.add_argument("--drugs", type=int, default=20, help="how many different answers are asked for")
    options = parser.parse_args()
    market = Market.objects.default().first()
    assert market, "The database holds no market."
    call_command("collectstatic", interactive=False, verbosity=0)
    client = Client(HTTP_HOST="127.0.0.1")
    print(f"{FaqVersion.objects.published().count():,} published answers, {options.rounds} requests for each page")
    print(f"{'page':24}{'queries':>9}{'p50 ms':>9}{'p95 ms':>9}")
    for name, places in addresses(market, options.drugs).items():
        times, queries = measure(client, places, options.rounds)
        print(f"{name:24}{queries:>9}{median(times):>9.1f}{quantiles(times, n=20)[-1]:>9.1f}")


if __name__ == "__main__":
    main()
