"""Load on servers in turns: each round asks every one of them for a while, so that all share the machine's moods.

Needs wrk (https://github.com/wg/wrk; on Debian and Ubuntu: apt-get install wrk).
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

# Microseconds at p50, p95 and p99, requests, microseconds of the whole, and what went wrong.
_SCRIPT = """
local addresses = {%(addresses)s}
local turn = 0
request = function()
    turn = turn %% #addresses + 1
    return wrk.format("GET", addresses[turn])
end
done = function(summary, latency, requests)
    local e = summary.errors
    io.write(string.format("MEASURED %%f %%f %%f %%d %%d %%d %%d\\n", latency:percentile(50), latency:percentile(95),
        latency:percentile(99), summary.requests, summary.duration, e.connect + e.read + e.write + e.timeout, e.status))
end
"""
GZIP = {"Accept-Encoding": "gzip"}


class Target(NamedTuple):
    """What is asked for: `addresses` in turn of the server at `origin`, with `headers`."""

    origin: str
    addresses: Sequence[str]
    headers: Mapping[str, str] = GZIP


class Turn(NamedTuple):
    """One target for some seconds: requests a second, and milliseconds."""

    rate: float
    p50: float
    p95: float
    p99: float
    failed: int


class Summary(NamedTuple):
    """The medians of all turns of a target, and what failed in all of them."""

    rate: float
    p50: float
    p95: float
    p99: float
    failed: int


def in_turns(targets: Mapping[str, Target], *, rounds: int, seconds: int, clients: int) -> dict[str, Summary]:
    """What each target reaches, by its name. Raises SystemExit where wrk is missing."""
    if not shutil.which("wrk"):
        sys.exit("This needs wrk. On Debian and Ubuntu: apt-get install wrk")
    turns: dict[str, list[Turn]] = {name: [] for name in targets}
    for target in targets.values():
        _ask(target, 1, clients)
    for _round in range(rounds):
        for name, target in targets.items():
            turns[name].append(_ask(target, seconds, clients))
    return {name: _summary(each) for name, each in turns.items()}


def table(found: Mapping[str, Summary], floor: str) -> str:
    """Rows for a report; ratios are of requests a second, against the target named `floor`."""
    lines = [
        f"| target | requests/s | of {floor} | p50 ms | p95 | p99 | p99/p50 | failed |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, told in found.items():
        ratio = told.rate / found[floor].rate
        lines.append(
            f"| {name} | {told.rate:,.0f} | {ratio:.2f} | {told.p50:.2f} | {told.p95:.2f} | {told.p99:.2f} "
            f"| {told.p99 / told.p50:.1f} | {told.failed} |"
        )
    return "\n".join(lines)


def _ask(target: Target, seconds: int, clients: int) -> Turn:
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        quoted = ", ".join(f'"{address}"' for address in target.addresses)
        script.write(_SCRIPT % {"addresses": quoted})
        script.flush()
        headers = [word for name, value in target.headers.items() for word in ("-H", f"{name}: {value}")]
        command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "-s", script.name, *headers, target.origin]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    words = next(line for line in said.splitlines() if line.startswith("MEASURED")).split()[1:]
    p50, p95, p99, requests, duration, broken, refused = (float(word) for word in words)
    return Turn(requests / duration * 1e6, p50 / 1000, p95 / 1000, p99 / 1000, int(broken + refused))


def _summary(turns: Sequence[Turn]) -> Summary:
    return Summary(
        median(turn.rate for turn in turns),
        median(turn.p50 for turn in turns),
        median(turn.p95 for turn in turns),
        median(turn.p99 for turn in turns),
        sum(turn.failed for turn in turns),
    )


def saved(folder: Path, name: str, body: bytes, headers: Mapping[str, str]) -> None:
    """Keeps an answer as it was sent, for servers that answer with the same bytes."""
    (folder / f"{name}.body").write_bytes(body)
    (folder / f"{name}.json").write_text(json.dumps(dict(headers)))
