"""Clients that are signed in as one of the cast, and search by meaning."""

import pytest

from faq.search.meaning import packages, source
from faq.search.meaning.conversion import prepare
from tests import cast


@pytest.fixture
def author(client):
    client.force_login(cast.author())
    return client


@pytest.fixture
def approver(client):
    client.force_login(cast.approver())
    return client


@pytest.fixture
def root(client):
    client.force_login(cast.superuser())
    return client


@pytest.fixture
def meaning(settings):
    """Search by meaning with the real model; skips the test where it is not installed."""
    if source.installed() is None or packages.missing(packages.NEEDED_TO_CONVERT):
        pytest.skip("the sentence model is not installed: make meaning")
    prepare(settings.VAR)
    settings.SEARCH_MEANING = True
