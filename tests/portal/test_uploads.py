"""Files that come with forms: taken from staff, and read from nobody else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.test import Client

from faq.models import Feedback
from portal.lib.uploads import OfStaffAlone
from tests import cast
from tests.factories import make_published
from tests.faq.feedbacking import content, vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun(monkeypatch):
    """The names of all files that somebody began to keep."""
    names, new_file = [], FileUploadHandler.new_file

    def noted(handler, field, name, *others, **more):
        if not isinstance(handler, OfStaffAlone):
            names.append(name)
        return new_file(handler, field, name, *others, **more)

    monkeypatch.setattr(FileUploadHandler, "new_file", noted)
    return names


def a_file():
    return SimpleUploadedFile("big.bin", b"x" * 1000)


def test_a_file_with_a_visitor_s_form_is_not_kept_and_neither_is_the_form(client, begun):
    response = vote(client, make_published(), file=a_file())
    assert response.status_code == 413
    assert "nothing of it was stored" in content(response)
    assert begun == []
    assert not Feedback.objects.exists()


@pytest.mark.parametrize("address", ["/us/contact/", "/us/feedback/", "/admin/login/", "/admin/faq/faq/"])
@pytest.mark.parametrize("person", [None, cast.stranger])
def test_no_address_keeps_the_file_of_somebody_who_is_not_staff(begun, address, person):
    make_published()
    client = Client(enforce_csrf_checks=True)
    if person:
        client.force_login(person())
    # The protection of forms of staff reads the whole form where there is a cookie, whoever sends it.
    client.cookies["csrftoken"] = "x" * 32
    assert client.post(address, {"file": a_file()}).status_code in {400, 413}
    assert begun == []


def test_files_of_staff_reach_the_form(client, begun):
    client.force_login(cast.author())
    client.post("/admin/faq/faq/", {"file": a_file()})
    assert set(begun) == {"big.bin"}
