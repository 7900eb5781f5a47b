"""What pages cost over HTTP, beside a Django view without middleware that returns the same bytes on the same server."""

import argparse
import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks.serving import processes
from benchmarks.serving.load import GZIP, Target, in_turns, saved, table
from benchmarks.serving.wanted import addresses


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--seconds", type=int, default=3)
    arguments.add_argument("--clients", type=int, default=16)
    asked = arguments.parse_args()
    found = {}
    with ExitStack() as servers:
        folder = Path(servers.enter_context(tempfile.TemporaryDirectory()))
        kept = servers.enter_context(processes.portal(kept=True))
        afresh = servers.enter_context(processes.portal(kept=False))
        named = addresses()
        tags = {name: _save(folder, kept, name, path) for name, path in named.items()}
        floor = servers.enter_context(processes.floor(folder, "answer"))
        for name, path in named.items():
            targets = {"floor": Target(floor, [f"/{name}/"])}
            if name != "search":
                targets[f"{name}, kept"] = Target(kept, [path])
                known = {**GZIP, "If-None-Match": tags[name]}
                targets[f"{name}, kept, not modified"] = Target(kept, [path], known)
            targets[f"{name}, afresh"] = Target(afresh, [path])
            found[name] = in_turns(targets, rounds=asked.rounds, seconds=asked.seconds, clients=asked.clients)
    for name, told in found.items():
        print(f"\n{name}\n\n{table(told, 'floor')}")
    print(f"\n{asked.rounds} rounds of {asked.seconds} s, {asked.clients} clients, load average", *os.getloadavg())


def _save(folder: Path, origin: str, name: str, path: str) -> str:
    """Keeps the bytes of the page for the floor; returns its ETag."""
    told = processes.fetch(origin.removeprefix("http://"), path)
    assert told is not None
    assert told[0] == 200, f"{path}: {told[0]}"
    _status, body, headers = told
    wanted = {key: value for key, value in headers.items() if key.lower() in {"content-type", "content-encoding"}}
    saved(folder, name, body, wanted)
    return headers.get("etag", "")


if __name__ == "__main__":
    main()
