"""What the tests of the versions' admin share."""

from django.core.files.uploadedfile import SimpleUploadedFile

from faq import publishing
from faq.models import FaqVersion
from tests import cast
from tests.factories import make_draft

LIST = "/admin/faq/faqversion/"
PARTS = ("figures", "resources", "citations")


def page(version):
    return f"{LIST}{version.pk}/change/"


def press(client, version, name, **data):
    """Presses a button of a version's page, with the right password where one is asked for."""
    return client.post(f"{LIST}{version.pk}/move/{name}/", {"password": cast.PASSWORD, **data}, follow=True)


def data_of(version, **changes):
    fields = {
        "question": version.question,
        "short_answer": version.short_answer,
        "body": version.body,
        "last_reviewed": version.last_reviewed,
        "next_review": version.next_review,
        "what_changed": "",
    }
    counts = {f"{part}-{count}_FORMS": 0 for part in PARTS for count in ("TOTAL", "INITIAL")}
    return {**fields, **counts, **changes}


def figure_data(content, **changes):
    fields = {
        "figures-TOTAL_FORMS": 1,
        "figures-0-key": "curve",
        "figures-0-order": 0,
        "figures-0-title": "Curves",
        "figures-0-description": "Two curves.",
        "figures-0-upload": SimpleUploadedFile("curve.svg", content),
    }
    return {**fields, **changes}


def in_review(**changes):
    version = make_draft(**changes)
    publishing.submit(version, by=cast.author())
    return version


def approved(**changes):
    version = in_review(**changes)
    publishing.approve(version, by=cast.approver())
    return version


def status_of(version):
    return FaqVersion.objects.get(pk=version.pk).status
