"""What a browser says of itself."""

import pytest

from portal.lib.browsers import device, is_program

_CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0"
_SAFARI = "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0"
WINDOWS = f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_CHROME} Safari/537.36"
MAC = f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {_SAFARI} Safari/605.1.15"
LINUX = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0"
CHROMEBOOK = f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {_CHROME} Safari/537.36"
IPHONE = f"Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) {_SAFARI} Mobile/15E148 Safari/604.1"
IPAD = f"Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X) {_SAFARI} Mobile/15E148 Safari/604.1"
PIXEL = f"Mozilla/5.0 (Linux; Android 10; K) {_CHROME} Mobile Safari/537.36"
TAB = f"Mozilla/5.0 (Linux; Android 10; K) {_CHROME} Safari/537.36"
FOX_PHONE = "Mozilla/5.0 (Android 15; Mobile; rv:150.0) Gecko/150.0 Firefox/150.0"
FOX_TABLET = "Mozilla/5.0 (Android 15; Tablet; rv:150.0) Gecko/150.0 Firefox/150.0"
KINDLE = f"Mozilla/5.0 (Linux; Android 11; KFRASWI) {_CHROME} Silk/150.1 Safari/537.36"
CUBOT = f"Mozilla/5.0 (Linux; Android 13; CUBOT X70) {_CHROME} Mobile Safari/537.36"
BROWSERS = [WINDOWS, MAC, LINUX, CHROMEBOOK, IPHONE, IPAD, PIXEL, TAB, FOX_PHONE, FOX_TABLET, KINDLE, CUBOT]
PROGRAMS = [
    "",
    " ",
    "curl/8.5.0",
    "Wget/1.21.4",
    "python-requests/2.32.3",
    "Python-urllib/3.11",
    "Go-http-client/2.0",
    "okhttp/4.12.0",
    "Java/21.0.2",
    "axios/1.7.2",
    "node",
    "PostmanRuntime/7.39.0",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2)",
    "Mozilla/5.0 (compatible; Yahoo! Slurp)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Screaming Frog SEO Spider/20.0",
]


@pytest.mark.parametrize(
    ("agent", "mobile", "expected"),
    [
        (WINDOWS, "?0", "computer"),
        (WINDOWS, "", "computer"),
        (WINDOWS, "?1", "phone"),
        (MAC, "", "computer"),
        (LINUX, "", "computer"),
        (CHROMEBOOK, "?0", "computer"),
        (IPHONE, "", "phone"),
        (IPAD, "", "tablet"),
        (PIXEL, "?1", "phone"),
        (PIXEL, "", "phone"),
        (TAB, "?0", "tablet"),
        (FOX_PHONE, "", "phone"),
        (FOX_TABLET, "", "tablet"),
        (KINDLE, "?0", "tablet"),
        ("", "", "unknown"),
        ("curl/8.5.0", "", "unknown"),
        ("\x00<script>", "?2", "unknown"),
    ],
)
def test_it_knows_the_kind_of_device(agent, mobile, expected):
    assert device(agent, mobile) == expected


@pytest.mark.parametrize("agent", BROWSERS)
def test_it_takes_no_browser_for_a_program(agent):
    assert not is_program(agent)


@pytest.mark.parametrize("agent", PROGRAMS)
def test_it_knows_what_calls_itself_a_program(agent):
    assert is_program(agent)
