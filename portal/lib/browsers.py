"""What a browser says of itself: on which kind of device it runs, and whether it is none. Pure."""

import re

PHONE, TABLET, COMPUTER, UNKNOWN = "phone", "tablet", "computer", "unknown"

# Looked at in this order. An iPad that asks for the pages of computers cannot be told from a Mac, and counts as one.
_DEVICES = (
    (TABLET, re.compile(r"\bipad\b|\btablet\b|\bkindle\b|\bsilk/|\bplaybook\b", re.IGNORECASE)),
    (PHONE, re.compile(r"\biphone\b|\bipod\b|\bwindows phone\b|\bmobile\b|\bmobi\b", re.IGNORECASE)),
    # The makers of browsers write "Mobile" for phones, and leave it out for tablets.
    (TABLET, re.compile(r"\bandroid\b", re.IGNORECASE)),
    (COMPUTER, re.compile(r"\bwindows nt\b|\bmacintosh\b|\bx11\b|\bcros\b|\blinux\b|\bfreebsd\b", re.IGNORECASE)),
)
# What crawlers, libraries and tools call themselves; none of these words stands in what a browser sends (CUBOT makes
# phones). A browser without a window is a browser: what it does shows, not what it is called.
_PROGRAM = re.compile(
    r"(?<!cu)bot\b|crawl|spider|slurp|scrap|https?://|\bcurl\b|\bwget\b|\blibwww|\bpython|\baiohttp\b|\bhttpx\b|"
    r"\burllib|\bgo-http-client\b|\bjava/|\bokhttp\b|\bapache-httpclient\b|\baxios\b|\bnode\b|\bnode-fetch\b|\bundici\b|"
    r"\bruby\b|\bperl\b|\bphp\b|\bguzzle|\bpostman|\binsomnia/|\bhttpie\b|\bphantomjs\b|\bselenium\b|\bwkhtml|"
    r"\bmonitor|\bapachebench\b|\bwrk\b|\bk6/|\bsiege\b|\bsqlmap\b|\bnikto\b",
    re.IGNORECASE,
)


def device(user_agent: str, mobile: str = "") -> str:
    """The kind of device that a browser runs on: PHONE, TABLET, COMPUTER or UNKNOWN.

    Args:
        user_agent: the header User-Agent.
        mobile: the header Sec-CH-UA-Mobile, "?1" where the browser prefers the pages of phones.
    """
    if mobile.strip() == "?1":
        return PHONE
    return next((kind for kind, pattern in _DEVICES if pattern.search(user_agent)), UNKNOWN)


def is_program(user_agent: str) -> bool:
    """Whether the header User-Agent names a program that is no browser, or is missing, as no browser leaves it."""
    return not user_agent.strip() or _PROGRAM.search(user_agent) is not None
