"""What it takes to flag very many texts of visitors that have no safety flag, and what triage costs with so many.

.venv/bin/python -m benchmarks.flagging [--texts 1000000] [--rounds 10]
"""

import argparse
import resource
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from statistics import median, quantiles
from time import perf_counter, process_time

from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from benchmarks import scratch  # first: it sets Django up
from benchmarks.votes import cost
from faq.models import FaqVersion, Remark
from portal.accounts.models import User
from portal.chrome.models import Market
from portal.safety import watching
from portal.safety.catching_up import catch_up
from portal.safety.models import SafetyFlag
from portal.safety.reconciling import Period, reconcile

# So many remarks are made by one statement.
_AT_ONCE = 100_000
# Every tenth speaks of harm, and one in a hundred of a death.
_SAID = [
    "I was looking for the dose, and found it below what I expected.",
    "The table is too small to read on a phone.",
    "Very helpful, thank you.",
    "How is it stored after opening? The answer does not say.",
    "Please add the figures of the second study, with their confidence intervals.",
    "May it be taken with grapefruit juice? My pharmacist asked.",
    "The link to the label leads to an old one.",
    "Too long. I needed one number, and had to read three pages for it.",
    "Clear, but the references come from a single trial.",
    "My patient fainted two hours after she took the tablet, and had to be taken to hospital.",
]
_DIED = "An elderly patient of mine died two days after the infusion."
_VOTES = """
INSERT INTO faq_feedback (version_id, satisfied, given_at, reasons, searched, device, suspicion)
    SELECT (%(versions)s::bigint[])[1 + number %% cardinality(%(versions)s::bigint[])], number %% 5 <> 0,
        now() - number * interval '30 seconds', '{}', '', 'computer', ''
    FROM generate_series(%(first)s::bigint, %(last)s) AS number
"""
_REMARKS = """
INSERT INTO faq_remark (vote_id, text, written_at, state)
    SELECT id, CASE WHEN id %% 100 = 9 THEN %(died)s ELSE (%(said)s::text[])[1 + id %% 10] END
        || ' (' || id || ')', given_at + interval '1 minute', 'new'
    FROM faq_feedback WHERE NOT EXISTS (SELECT FROM faq_remark WHERE vote_id = faq_feedback.id)
"""


def make_portal(texts: int) -> None:
    """Leads this process to a new database with so many remarks, none of which has a flag."""

    def fill() -> None:
        call_command("load_demonstration", verbosity=0)
        call_command("demonstration_staff", stdout=StringIO())
        versions = list(FaqVersion.objects.published().order_by("pk").values_list("pk", flat=True))
        for first in range(1, texts + 1, _AT_ONCE):
            with transaction.atomic(), connection.cursor() as cursor:
                last = min(first + _AT_ONCE - 1, texts)
                cursor.execute(_VOTES, {"versions": versions, "first": first, "last": last})
                cursor.execute(_REMARKS, {"said": _SAID, "died": _DIED})
            scratch.say(f"  {last:,} remarks")

    scratch.use("flagging", scratch.Recipe(str(texts), "none"), fill, fill, fresh=True)


def measured(name: str, work: Callable[[], object]) -> None:
    """Prints what `work` returns, and the seconds and the memory that it took."""
    begun, busy = perf_counter(), process_time()
    found = work()
    taken = perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name}: {found}; {taken:.2f} s, of them {process_time() - busy:.2f} s of this process; peak {peak:.0f} MB")


def pages() -> list[tuple[str, str]]:
    """The pages of triage, by what people ask of them."""
    queue = reverse("admin:safety_safetyflag_changelist")
    first = SafetyFlag.objects.most_pressing()[0]
    return [
        ("queue", queue),
        ("… overdue", f"{queue}?clock=overdue"),
        ("… not raised", f"{queue}?clock=none"),
        ("… of one market", f"{queue}?market__id__exact={first.market_id}"),
        ("… halfway down", f"{queue}?p={SafetyFlag.objects.open().count() // 100}"),
        ("… searched for a word", f"{queue}?q=fainted"),
        ("one flag", reverse("admin:safety_safetyflag_change", args=[first.pk])),
        ("reconciliation", reverse("admin:safety_safetyflag_reconciliation")),
    ]


def visit(rounds: int) -> None:
    """Prints what each page of triage costs."""
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(User.objects.get(username="demo"))
    print(f"{'page':24}{'queries':>8}{'p50 ms':>9}{'p95 ms':>9}")
    for name, address in pages():
        taken, queries = cost(client, address, rounds)
        print(f"{name:24}{queries:>8}{median(taken):>9.0f}{quantiles(taken, n=20)[-1]:>9.0f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=1_000_000, help="how many remarks are made")
    parser.add_argument("--rounds", type=int, default=10, help="how often each page is opened")
    options = parser.parse_args()
    call_command("collectstatic", interactive=False, verbosity=0)
    make_portal(options.texts)
    print(f"{Remark.objects.count():,} remarks, {SafetyFlag.objects.count():,} flags, {scratch.load_average()}")
    measured("flag_texts", catch_up)
    scratch.settle()
    measured("flag_texts with nothing to do", catch_up)
    measured("what /readyz asks", watching.told)
    today = timezone.localdate()
    for market in Market.objects.order_by("code"):
        days = Period(market, today - timedelta(days=29), today)
        measured(f"sums of 30 days, {market.code}", lambda days=days: reconcile(days).is_right)
    visit(options.rounds)


if __name__ == "__main__":
    main()
