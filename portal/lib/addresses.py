"""Addresses that may stand in a link to another site."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_WEB = re.compile(r"https?://[^/\\\s]", re.IGNORECASE)


def is_web(address: str) -> bool:
    """Whether `address` is one of the web, in full."""
    return _WEB.match(address) is not None


def web_only(address: str) -> None:
    """A validator: no ftp, and nothing that a browser would complete. Raises ValidationError."""
    if not is_web(address):
        raise ValidationError(_("Enter an address that begins with https:// or http://."))
