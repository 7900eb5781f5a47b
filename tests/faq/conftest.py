"""Clients that are signed in as one of the cast."""

import pytest

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
