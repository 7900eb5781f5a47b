"""What the pages of the feedback desk cost with very many votes, beside counting the votes themselves.

.venv/bin/python -m benchmarks.votes [--votes 1000000] [--answers 0] [--rounds 10]
"""

import argparse
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from statistics import median, quantiles
from time import perf_counter

from django.core.management import call_command
from django.db import connection
from django.db.models import Count, Q
from django.db.models.functions import TruncWeek
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from benchmarks import scratch  # first: it sets Django up
from benchmarks.voting import make_portal
from faq.models import Faq, Feedback, Tally
from portal.accounts.models import User

YES, NO = Count("pk", filter=Q(satisfied=True)), Count("pk", filter=Q(satisfied=False))
Work = Callable[[], object]


def times(work: Work, rounds: int) -> list[float]:
    """Milliseconds that each of `rounds` took."""
    taken = []
    for _ in range(rounds):
        begun = perf_counter()
        work()
        taken.append(1000 * (perf_counter() - begun))
    return taken


def naive(**where: object) -> None:
    """The figures of a page out of the votes themselves, as if there were no tallies."""
    votes = Feedback.objects.counted().filter(**where).order_by()
    list(votes.values_list("version").annotate(yes=YES, no=NO))
    list(votes.annotate(week=TruncWeek("given_at")).values_list("week").annotate(yes=YES, no=NO))
    list(Feedback.objects.suspect().filter(**where).order_by().values_list("version").annotate(yes=YES, no=NO))


def naive_list(**where: object) -> None:
    """A page of a list as Django makes it: all rows are counted first."""
    votes = Feedback.objects.filter(**where)
    votes.count()
    list(votes.select_related("version__faq__drug")[:50])


def busiest() -> Faq:
    """The answer with most votes."""
    row = Feedback.objects.order_by().values_list("version__faq").annotate(votes=Count("pk")).order_by("-votes").first()
    assert row, "The database holds no votes."
    return Faq.objects.select_related("drug").get(pk=row[0])


def lists(faq: Faq) -> Iterator[tuple[str, str, Work]]:
    """The lists of votes and remarks with some filters, each with the naive way to the same."""
    votes, remarks = reverse("admin:faq_feedback_changelist"), reverse("admin:faq_remark_changelist")
    drug, market = f"version__faq__drug__id__exact={faq.drug_id}", f"version__faq__market__id__exact={faq.market_id}"
    answer = f"version__faq__id__exact={faq.pk}"
    yield "list of votes", votes, naive_list
    no = partial(naive_list, satisfied=False, version__faq__drug=faq.drug)
    yield "… not satisfied, one medicine", f"{votes}?satisfied__exact=0&{drug}", no
    suspect = partial(naive_list, suspicion__gt="", version__faq=faq)
    yield "… suspect, one answer", f"{votes}?suspect=yes&{answer}", suspect
    yield "… one reason", f"{votes}?reason=no-unclear", partial(naive_list, reasons__contains=["no-unclear"])
    rare = partial(naive_list, reasons__contains=["no-other"], version__faq__market=faq.market)
    yield "… a reason that nobody gave", f"{votes}?reason=no-other&{market}", rare
    yield "queue of remarks", f"{remarks}?state__exact=new", partial(naive_list, remarks__state="new")
    about = partial(naive_list, remarks__isnull=False, version__faq__drug=faq.drug)
    yield "… of one medicine", f"{remarks}?vote__{drug}", about
    yield "… searched for a word", f"{remarks}?q=dose", partial(naive_list, remarks__text__icontains="dose")


def desk(faq: Faq, period: str) -> Iterator[tuple[str, str, Work]]:
    """The pages of figures, each with the naive way to the same."""
    asked = f"?period={period}"
    since = {"given_at__gte": timezone.now() - timedelta(days=int(period))} if period.isdecimal() else {}
    rows: list[tuple[str, list[int], dict[str, object]]] = [
        ("desk", [], {}),
        ("market", [faq.market_id], {"version__faq__market": faq.market_id}),
        ("drug", [faq.drug_id], {"version__faq__drug": faq.drug_id}),
        ("answer", [faq.pk], {"version__faq": faq.pk}),
    ]
    for name, keys, where in rows:
        address = reverse(f"admin:faq_feedback_{name}", args=keys) + asked
        yield f"{name}, {period}", address, partial(naive, **where, **since)


def cost(client: Client, address: str, rounds: int) -> tuple[list[float], int]:
    """Milliseconds of each of `rounds` openings of a page, and how many queries one makes."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200, f"{address}: {response.status_code}"
    # Read before the next request, which begins by forgetting them.
    asked = len(queries)
    return times(partial(client.get, address), rounds), asked


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--votes", type=int, default=1_000_000, help="how many votes are made")
    parser.add_argument("--answers", type=int, default=0, help="invented answers; 0: those of the demonstration")
    parser.add_argument("--rounds", type=int, default=10, help="how often each page is opened")
    parser.add_argument("--fresh", action="store_true", help="make the database anew in any case")
    options = parser.parse_args()
    make_portal(options.votes, options.answers, fresh=options.fresh)
    call_command("collectstatic", interactive=False, verbosity=0)
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(User.objects.get(username="reviewer"))
    print(f"{Feedback.objects.count():,} votes, {Tally.objects.count():,} tallies, {scratch.load_average()}")
    print(f"{'page':38}{'queries':>8}{'p50 ms':>9}{'p95 ms':>9}{'naive p50':>11}{'naive p95':>11}")
    faq = busiest()
    for name, address, other in [*lists(faq), *desk(faq, "90"), *desk(faq, "all")]:
        taken, queries = cost(client, address, options.rounds)
        beside = times(other, max(2, options.rounds // 3))
        told = [median(taken), quantiles(taken, n=20)[-1], median(beside), quantiles(beside, n=20)[-1]]
        print(f"{name:38}{queries:>8}{told[0]:>9.0f}{told[1]:>9.0f}{told[2]:>11.0f}{told[3]:>11.0f}", flush=True)


if __name__ == "__main__":
    main()
