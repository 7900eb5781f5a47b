"""What the tests of previews share."""

from faq import inviting
from tests import cast
from tests.faq.administering import LIST


def preview(version):
    return f"{LIST}{version.pk}/preview/"


def framed(version):
    return f"{LIST}{version.pk}/preview/page/"


def make_invitation(version, reviewer="Grace Example", **changes):
    return inviting.invite(version, reviewer, by=cast.author(), **changes)


def link(invitation, more=""):
    return f"/{invitation.version.faq.market.code}/preview/{inviting.token(invitation)}/{more}"


def refused_with(response):
    """The status of a refusal, which must say nothing of the content."""
    page = response.content.decode()
    assert "How is it stored?" not in page
    assert "25 °C" not in page
    assert response["Cache-Control"] == "private, no-store"
    return response.status_code
