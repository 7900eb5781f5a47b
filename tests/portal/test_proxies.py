"""What the proxies in front of the portal are told, and when."""

from threading import Event

import pytest

from portal.lib.wholepages.proxies import AFTER, AGAIN, Proxy, follow
from tests.portal.whole_pages import Turned


@pytest.fixture
def proxy(monkeypatch):
    proxy = Proxy("http://proxy:6081/", "key")
    proxy.told, proxy.problem = [], ""

    def ban():
        proxy.told.append(proxy.problem)
        return proxy.problem

    monkeypatch.setattr(proxy, "_ban", ban)
    return proxy


def test_it_is_told_of_a_change_at_once_and_again_for_pages_that_were_under_way(proxy):
    for after in (*AFTER, 6.0, 60.0):
        proxy.tell(1, 100 + after)
    assert len(proxy.told) == len(AFTER)
    proxy.tell(2, 200)
    assert len(proxy.told) == len(AFTER) + 1


def test_it_is_told_again_until_it_hears(proxy, caplog):
    proxy.problem = "ConnectionRefusedError"
    for at in (100, 100.5, 100 + AGAIN, 100 + 2 * AGAIN):
        proxy.tell(1, at)
    assert len(proxy.told) == 3
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    proxy.problem = ""
    proxy.tell(1, 100 + 3 * AGAIN)
    assert (proxy.told[-1], len(proxy.told)) == ("", 4)
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]


def test_a_dead_proxy_is_a_problem_and_no_fault():
    assert Proxy("http://127.0.0.1:9/", "key")._ban() == "ConnectionRefusedError"


def test_nothing_is_told_while_the_database_cannot_be_heard(proxy, monkeypatch):
    revision, stop = Turned(), Event()
    looks = iter([None, None, 7])

    def look():
        number = next(looks)
        if number:
            stop.set()
        return number

    monkeypatch.setattr(revision, "now", look)
    follow(revision, proxy, stop)
    assert (len(proxy.told), proxy._revision) == (1, 7)
