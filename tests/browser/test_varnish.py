"""A real Varnish in front of the portal, set up as deploy/varnish/portal.vcl says."""

import http.client
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.portal import PROJECT, Portal, free_port

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not shutil.which("varnishd"), reason="needs Varnish (on Debian: apt-get install varnish)"),
]
# Seconds.
START_LIMIT = 30
GONE_WITHIN = 2.0
WITHDRAW = """
from faq import publishing
from faq.models import FaqVersion
from portal.accounts.models import User
version = FaqVersion.objects.published().filter(faq__market__code="us").order_by("pk")[{place}]
{act}
print("ADDRESS", version.get_absolute_url())
"""


class Fronted:
    """A portal and the Varnish in front of it."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.portal = Portal(folder / "portal", PURGE_PROXIES=f"http://127.0.0.1:{self.port}/", PURGE_KEY="change-me")
        self.portal.var.mkdir()
        self._rules = folder / "portal.vcl"
        self._work = folder / "varnish"

    def start(self) -> None:
        self.portal.prepare()
        self.portal.start()
        rules = (PROJECT / "deploy" / "varnish" / "portal.vcl").read_text()
        self._rules.write_text(rules.replace('"8000"', f'"{self.portal.host.rpartition(":")[2]}"'))
        command = [
            *("varnishd", "-F", "-j", "none", "-s", "malloc,32m", "-n", str(self._work), "-f", str(self._rules)),
            *("-a", f"127.0.0.1:{self.port}"),
        ]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + START_LIMIT
        while self.get("/us/")[0] != 200:
            assert time.monotonic() < deadline, "Varnish does not answer."
            time.sleep(0.2)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()
        self.portal.stop()

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, int]:
        """The status, and for how many seconds Varnish has had it: 0 where it asked the portal."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=START_LIMIT)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, headers=named)
            response = connection.getresponse()
            response.read()
            return response.status, int(response.headers.get("Age", "0"))
        except OSError:
            return 0, 0
        finally:
            connection.close()

    def address(self, place: int, act: str = "") -> str:
        said = self.portal.manage("shell", "-c", WITHDRAW.format(place=place, act=act))
        return said.partition("ADDRESS ")[2].split()[0]


@pytest.fixture(scope="module")
def fronted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fronted]:
    fronted = Fronted(tmp_path_factory.mktemp("fronted"))
    try:
        fronted.start()
        yield fronted
    finally:
        fronted.stop()


def test_it_keeps_a_page(fronted: Fronted) -> None:
    address = fronted.address(0)
    fronted.get(address)
    time.sleep(1.5)
    status, age = fronted.get(address)
    assert (status, age > 0) == (200, True)


def test_it_keeps_nothing_for_whoever_is_signed_in(fronted: Fronted) -> None:
    address = fronted.address(0)
    fronted.get(address)
    time.sleep(1.5)
    assert fronted.get(address, Cookie="sessionid=x") == (200, 0)


def test_a_withdrawn_answer_is_gone_within_two_seconds(fronted: Fronted) -> None:
    address = fronted.address(1)
    for _time in range(3):
        assert fronted.get(address)[0] == 200
    act = "publishing.withdraw(version, by=User.objects.get(username='approver'), reason='Wrong.')"
    # The command goes on to end its process: what is measured is longer than what passed since the commit.
    begun = time.monotonic()
    fronted.address(1, f"{act}; import time; open('{fronted.portal.var}/withdrawn', 'w').write(str(time.time()))")
    ended = time.monotonic() - begun
    withdrawn = float((fronted.portal.var / "withdrawn").read_text())
    while fronted.get(address)[0] != 410:
        assert time.time() - withdrawn < GONE_WITHIN, f"still there; the command took {ended:.1f} s"
        time.sleep(0.05)


def test_nobody_else_empties_it(fronted: Fronted) -> None:
    assert fronted.get("/us/", "BAN")[0] == 403
    assert fronted.get("/us/", "BAN", X_Portal_Key="guessed")[0] == 403
