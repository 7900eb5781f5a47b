"""What exports of votes take, in seconds and memory: each format at once, and beside it the whole list in memory.

Each way runs in a process of its own, on the same votes in a scratch database that is kept for the next run.
"""

import argparse
import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time

from django.core.management import call_command
from django.db import connection

from benchmarks import scratch  # sets Django up, so it goes before the models
from faq.feedback_export import kinds
from faq.feedback_export.formats import FORMATS
from faq.feedback_export.kinds import KINDS, Counts
from faq.feedback_export.narrowing import narrowed
from faq.feedback_export.writing import Order, write
from faq.models import FaqVersion

WHOLE = "in-memory"
_VOTES = """
INSERT INTO faq_feedback (version_id, satisfied, given_at, reasons, searched, device, suspicion)
    SELECT (%(versions)s::bigint[])[1 + number::bigint * 7919 %% cardinality(%(versions)s::bigint[])], number %% 5 <> 0,
        now() - number * interval '30 seconds',
        CASE WHEN number %% 5 = 0 THEN ARRAY['no-unclear', 'no-evidence'] ELSE ARRAY['yes-answered'] END,
        CASE WHEN number %% 3 = 0 THEN 'how is it stored after opening ' || number ELSE '' END,
        (ARRAY['phone', 'tablet', 'computer'])[1 + number %% 3], CASE WHEN number %% 50 = 0 THEN 'crowd' ELSE '' END
    FROM generate_series(1, %(votes)s) AS number
"""
_REMARKS = """
INSERT INTO faq_remark (vote_id, text, written_at, state)
    SELECT id, 'The table of doses came late in the answer, and I had to look for it twice: number ' || id || '.',
        given_at + interval '1 minute', 'new' FROM faq_feedback WHERE id %% 10 = 0
"""


def fill(votes: int) -> None:
    """Adds `votes` to the versions that there are, with a remark below every tenth."""
    versions = list(FaqVersion.objects.order_by("pk").values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(_VOTES, {"versions": versions, "votes": votes})
        cursor.execute(_REMARKS, [])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--votes", type=int, default=1_000_000)
    parser.add_argument("--way", choices=[*FORMATS, WHOLE], help="one way only, in this process, told as JSON")
    asked = parser.parse_args()
    _use(asked.votes)
    if asked.way:
        print(json.dumps(_measured(asked.way)))
        return
    connection.close()
    print(f"{asked.votes:,} votes, {scratch.load_average()}")
    print(
        f"{'':12}{'rows':>12}{'seconds':>10}{'of CPU':>10}{'MB file':>10}{'MB base':>10}{'MB peak':>10}{'MB over':>10}"
    )
    for way in (*FORMATS, WHOLE):
        command = [sys.executable, "-m", "benchmarks.exporting", "--votes", str(asked.votes), "--way", way]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])
        sizes = "".join(f"{found[name] / 2**20:10.1f}" for name in ("size", "base", "peak", "over"))
        print(f"{way:12}{found['rows']:12,}{found['seconds']:10.1f}{found['cpu']:10.1f}{sizes}", flush=True)


def _use(votes: int) -> None:
    def fill_all() -> None:
        scratch.say(f"Making {votes:,} votes.")
        call_command("load_demonstration", verbosity=0)
        fill(votes)

    made_by = scratch.sources("benchmarks/exporting.py", "faq/migrations/*.py", "fixtures/*.yaml")
    scratch.use(f"exporting_{votes}", scratch.Recipe(made_by, "none"), fill_all, lambda: None)


def _measured(way: str) -> dict[str, float]:
    connection.ensure_connection()
    Path("/proc/self/clear_refs").write_text("5")
    base, begun, worked = _memory("VmRSS"), perf_counter(), process_time()
    rows, size = _whole() if way == WHOLE else _streamed(way)
    seconds, cpu, peak = perf_counter() - begun, process_time() - worked, _memory("VmHWM")
    return {"rows": rows, "seconds": seconds, "cpu": cpu, "size": size, "base": base, "peak": peak, "over": peak - base}


def _streamed(form: str) -> tuple[int, int]:
    size = 0

    def take(piece: bytes) -> None:
        nonlocal size
        size += len(piece)

    nobody: Callable[[Counts], None] = lambda _counts: None  # noqa: E731
    kind = KINDS["votes"]
    return write(Order(kind, form, narrowed(kind, {}), {}), take, nobody).written, size


def _whole() -> tuple[int, int]:
    """What is written first where nobody thinks of a million rows: a list of them, and a file in memory."""
    kind = KINDS["votes"]
    paths = list(dict.fromkeys(path for column in kind.columns for path in column.paths))
    found = list(kind.fetched(narrowed(kind, {})).values_list(kinds.HELD, *paths))
    file = io.StringIO()
    csv.writer(file).writerows(found)
    return len(found), len(file.getvalue().encode())


def _memory(name: str) -> int:
    """Bytes of this process's memory, now or at its peak, as the kernel tells."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1]) * 1024


if __name__ == "__main__":
    main()
