"""Every address says who may call it."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from portal.urls import handler400, handler403, handler404, handler500, urlpatterns

ACCESS = {"visitors", "machines", "staff"}


def views(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """All views outside the admin, which asks for a sign-in itself, with their addresses."""
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield address, pattern
        elif pattern.app_name != "admin":
            yield from views(pattern.url_patterns, address)


VIEWS = list(views(urlpatterns))


@pytest.mark.parametrize(("address", "pattern"), VIEWS, ids=[address or "/" for address, _ in VIEWS])
def test_every_view_says_who_may_call_it(address, pattern):
    assert getattr(pattern.callback, "access", None) in ACCESS


@pytest.mark.parametrize("handler", [handler400, handler403, handler404, handler500])
def test_every_handler_says_who_may_call_it(handler):
    assert handler.access in ACCESS


def test_every_address_has_a_name_of_its_own():
    named = {}
    for address, pattern in VIEWS:
        assert pattern.name, address
        assert named.setdefault(pattern.name, address) == address


def test_what_visitors_call_lies_below_their_market():
    outside = {pattern.name for address, pattern in VIEWS if not address.startswith("<slug:market>/")}
    visitors = {pattern.name for _, pattern in VIEWS if pattern.callback.access == "visitors"}
    assert visitors & outside == {"image", "sign-in", "sign-out"}


def test_the_admin_is_left_to_its_own_sign_in():
    admin = [pattern for pattern in get_resolver().url_patterns if getattr(pattern, "app_name", "") == "admin"]
    assert [str(pattern.pattern) for pattern in admin] == ["admin/"]
