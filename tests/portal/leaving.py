"""What tests of links to other sites share."""

import re
from html import unescape

from portal.leaving import links
from portal.leaving.models import ExternalSite, LeavingNotice
from tests.factories import make_market

DOI = "https://doi.org/10.1/x?a=1&b=2"
MARK = '<span class="visually-hidden"> (external site)</span>'


def make_site(host, **changes):
    return ExternalSite.objects.create(**{"host": host, "name": host, **changes})


def make_notice(site=None, market=None, **changes):
    fields = {
        "title": "You are leaving {site_name}",
        "body": "We do not run it.\n\nGo on?",
        "continue_label": "Go on",
        "return_label": "Stay here",
        **changes,
    }
    return LeavingNotice.objects.create(market=market or make_market(), site=site, **fields)


def content(response):
    return response.content.decode()


def hrefs(response, words):
    """The addresses of all links whose text begins with `words`."""
    return [unescape(href) for href in re.findall(rf'href="([^"]*)"[^>]*>{words}', content(response))]


def link_to(url, back="/us/"):
    return links.address(make_market(), url, back)
