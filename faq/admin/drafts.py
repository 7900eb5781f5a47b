"""Several people at one draft: what a form was made from, and what becomes of words that come too late."""

import hashlib
import json
import re
from operator import attrgetter
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format

from faq.models import FaqVersion, Figure, RelatedResource

WORDING = ("question", "short_answer", "body", "last_reviewed", "next_review", "what_changed")
_PART = re.compile(r"(figure|resource)s-(\d+)-(key|title|description|abbreviations|note|values_table|url)")


def digest(version: FaqVersion) -> str:
    """SHA-256 over the wording of `version` and its parts; another one as soon as anybody saved a change.

    `version` comes as the database holds it, best with its parts.
    """
    figures = sorted(version.figures.all(), key=attrgetter("pk"))
    links = sorted((link for figure in figures for link in figure.figuresource_set.all()), key=attrgetter("pk"))
    content = [
        [[getattr(version, name) for name in WORDING]],
        [_values(figure) for figure in figures],
        [(link.figure_id, link.reference_id) for link in links],
        [_values(resource) for resource in sorted(version.resources.all(), key=attrgetter("pk"))],
    ]
    return hashlib.sha256(json.dumps(content, default=str).encode()).hexdigest()


def _values(row: Model) -> list[Any]:
    return [getattr(row, field.attname) for field in row._meta.concrete_fields]


def overtaken(version: FaqVersion) -> str:
    """What to tell a person whose form is older than the draft."""
    entry = _last_save(version)
    who = f"{entry.user} saved" if entry else "Somebody saved"
    when = f" on {date_format(timezone.localtime(entry.action_time), 'SHORT_DATETIME_FORMAT')}" if entry else ""
    return (
        f"{who} this draft{when}, after you had opened it. What you typed stands below and is not saved yet. Where only"
        " they changed something, theirs stands in the form now; where both of you did, the two are side by side."
        " Save again when the form reads as it should."
    )


def _last_save(version: FaqVersion) -> LogEntry | None:
    """The newest record of a saved form of `version` or one of its parts."""
    rows = Q()
    for model, keys in (
        (FaqVersion, [version.pk]),
        (Figure, version.figures.values_list("pk", flat=True)),
        (RelatedResource, version.resources.values_list("pk", flat=True)),
    ):
        rows |= Q(content_type=ContentType.objects.get_for_model(model), object_id__in=[str(key) for key in keys])
    # Django writes a form's changes as a JSON list, and the moves of a version stand there as sentences.
    saves = LogEntry.objects.filter(rows, change_message__startswith="[")
    return saves.select_related("user").order_by("-action_time", "-pk").first()


def typed(posted: QueryDict) -> list[tuple[str, str]]:
    """The words in a posted form of a version, as (label, text), so that nobody has to type them again."""
    found = [(name.capitalize().replace("_", " "), str(posted.get(name, ""))) for name in WORDING]
    for name, words in posted.items():
        if match := _PART.fullmatch(name):
            kind, number, field = match.groups()
            found.append((f"{kind.capitalize()} {int(number) + 1}: {field.replace('_', ' ')}", str(words)))
    return [(label, words) for label, words in found if words.strip()]
