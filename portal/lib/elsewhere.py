"""Addresses of this site as they stand in a mail."""

from urllib.parse import urljoin

from django.conf import settings


def absolute(path: str) -> str:
    """`path` of this site as a whole address.

    The site's own name is a setting: what a request says of it may be anybody's, and a command has no request.
    """
    return urljoin(settings.SITE_ADDRESS, path)
