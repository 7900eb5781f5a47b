"""Lighthouse's scores of a running portal's pages on its mobile profile, and what each page weighs on the way.

Needs Node.js 20 or newer and Chromium; Lighthouse itself is fetched by npm into var/lighthouse once.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

VERSION = "12.8.2"
FOLDER = Path(os.environ.get("PORTAL_VAR", "var")) / "lighthouse"
PAGES = {
    "home": "/us/",
    "drug": "/us/products/weslumira/",
    "answer": "/us/answers/US_cFAQ_NOR003_GI_ADVERSE_REACTIONS_ON/",
    "search": "/us/search/",
    # Search engines are asked not to list results, which costs points in the category seo and is meant so.
    "results": "/us/search/?q=how+is+nausea+managed",
}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
CHROME = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
# The parts of a page that its weight is made of; figures and typefaces are counted apart.
TEXT = ("Document", "Stylesheet", "Script")
KILOBYTE = 1024


def installed() -> Path:
    """The Lighthouse program, fetched if it is not there."""
    program = FOLDER / "node_modules" / ".bin" / "lighthouse"
    if not program.exists():
        npm = shutil.which("npm") or sys.exit("Node.js with npm is needed.")
        FOLDER.mkdir(parents=True, exist_ok=True)
        environment = {**os.environ, "PUPPETEER_SKIP_DOWNLOAD": "1"}
        command = [npm, "install", "--silent", "--prefix", str(FOLDER), f"lighthouse@{VERSION}"]
        subprocess.run(command, env=environment, check=True)
    return program


def report(program: Path, address: str) -> dict[str, Any]:
    """What Lighthouse says of one load of `address`; ends the program with its words where it fails."""
    chrome = shutil.which("chromium") or shutil.which("google-chrome") or sys.exit("Chromium is needed.")
    command = [str(program), address, "--quiet", f"--chrome-flags={CHROME}", "--output=json", "--output-path=stdout"]
    environment = {**os.environ, "CHROME_PATH": chrome}
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"Lighthouse failed on {address}:\n{done.stderr.strip()}")
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def scores(told: dict[str, Any]) -> dict[str, float]:
    """Scores from 0 to 100 by category; a category that search engines may not judge has none."""
    return {name: 100 * (told["categories"][name]["score"] or 0) for name in CATEGORIES}


def weight(told: dict[str, Any]) -> tuple[float, int]:
    """Kilobytes of document, styles and scripts as they were sent, and the number of requests for everything."""
    requests = told["audits"]["network-requests"]["details"]["items"]
    sent = sum(request["transferSize"] for request in requests if request.get("resourceType") in TEXT)
    return sent / KILOBYTE, len(requests)


def faults(told: dict[str, Any]) -> list[str]:
    """The audits that cost points, apart from the timings."""
    audits = {ref["id"] for name in CATEGORIES for ref in told["categories"][name]["auditRefs"] if ref["weight"]}
    failed = (told["audits"][audit] for audit in sorted(audits))
    return [audit["id"] for audit in failed if audit["score"] is not None and audit["score"] < 0.9]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--origin", default="http://127.0.0.1:8000", help="where the portal runs")
    parser.add_argument("--runs", type=int, default=3, help="loads of each page; the table shows medians")
    options = parser.parse_args()
    program = installed()
    print(f"{'page':8}" + "".join(f"{name:>16}" for name in CATEGORIES) + f"{'KiB text':>10}{'requests':>10}  faults")
    for page, path in PAGES.items():
        told = [report(program, options.origin + path) for _ in range(options.runs)]
        found = [scores(one) for one in told]
        middle = "".join(f"{median(one[name] for one in found):>16.0f}" for name in CATEGORIES)
        sent, requests = weight(told[-1])
        print(f"{page:8}{middle}{sent:>10.1f}{requests:>10}  {' '.join(faults(told[-1]))}")


if __name__ == "__main__":
    main()
