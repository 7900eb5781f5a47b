"""Figures that are pixels: sent as WebP to whoever takes it, and otherwise as they were approved."""

import io

import pytest
from PIL import Image as Pillow

from faq.models import Image
from tests import cast
from tests.factories import make_draft, make_figure, make_image, make_published
from tests.faq.importing import full, load

pytestmark = pytest.mark.django_db

TAKES = {"accept": "image/avif,image/webp,image/*,*/*;q=0.8"}


def png(shade=0):
    content = io.BytesIO()
    Pillow.linear_gradient("L").point(lambda value: (value + shade) % 256).save(content, "PNG")
    return content.getvalue()


def make_illustrated():
    """The address of a PNG that a published answer shows, and its bytes."""
    draft = make_draft(body='<figure data-figure="curve"></figure>')
    figure = make_figure(draft, image=make_image(png()))
    make_published(draft=draft)
    return figure.image.get_absolute_url(), png()


def test_a_browser_that_takes_webp_gets_it_at_the_same_address(client):
    address, content = make_illustrated()
    plain, small = client.get(address), client.get(address, headers=TAKES)
    assert (plain["Content-Type"], plain.content) == ("image/png", content)
    assert small["Content-Type"] == "image/webp"
    assert len(small.content) < len(content)
    assert plain["ETag"] != small["ETag"]
    for response in (plain, small):
        assert "Accept" in response["Vary"]
        assert response["Cache-Control"].startswith("public")


def test_it_asks_again_for_what_it_has(client):
    address, _ = make_illustrated()
    etag = client.get(address, headers=TAKES)["ETag"]
    again = client.get(address, headers={**TAKES, "if-none-match": etag})
    assert (again.status_code, again["ETag"]) == (304, etag)
    assert "Accept" in again["Vary"]
    assert client.get(address, headers={"if-none-match": etag}).status_code == 200


def test_a_draft_shows_neither_to_visitors(client):
    draft = make_draft()
    address = make_figure(draft, image=make_image(png())).image.get_absolute_url()
    assert client.get(address, headers=TAKES).status_code == 404
    client.force_login(cast.author())
    response = client.get(address, headers=TAKES)
    assert (response["Content-Type"], response["Cache-Control"]) == ("image/webp", "private, no-store")


def test_an_image_without_a_rendition_is_sent_as_it_is(client):
    draft = make_draft(body='<figure data-figure="curve"></figure>')
    figure = make_figure(draft)
    make_published(draft=draft)
    response = client.get(figure.image.get_absolute_url(), headers=TAKES)
    assert response["Content-Type"] == "image/svg+xml"
    assert "Accept" not in response.get("Vary", "")


def test_imported_images_get_theirs_once(monkeypatch):
    row = full(version=None)
    row["figures"][0]["image"] = "curve.png"
    load(row, files=[("curve.png", png())])
    assert Image.objects.light().get().has_webp
    monkeypatch.setattr("faq.models.figure.webp", None)
    row["figures"][0]["title"] = "Another title"
    assert "1 changed answer" in load(row, files=[("curve.png", png())])
    assert Image.objects.count() == 1
