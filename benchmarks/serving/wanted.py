"""Which pages are asked for: one of each kind, of what the configured database holds."""

import os
from urllib.parse import urlencode

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from faq.models import FaqVersion  # noqa: E402
from portal.chrome.models import Market  # noqa: E402


def addresses() -> dict[str, str]:
    """Addresses by the kind of page: home, drug, answer, search."""
    market = Market.objects.default()[0]
    answer = FaqVersion.objects.for_page(market).order_by("pk")[0]
    home = market.get_absolute_url()
    return {
        "home": home,
        "drug": answer.faq.drug.get_absolute_url(),
        "answer": answer.get_absolute_url(),
        "search": f"{home}search/?{urlencode({'q': answer.question})}",
    }
