"""Several people at one draft: what a form was made from, and what becomes of words that come too late."""

import hashlib
import json
import re

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format

from faq.models import FaqVersion, Figure, RelatedResource
from faq.models.figure import FigureSource

WORDING = ("question", "short_answer", "body", "last_reviewed", "next_review", "what_changed")
_PART = re.compile(r"(figure|resource)s-(\d+)-(key|title|description|abbreviations|note|values_table|url)")


def digest(version: FaqVersion) -> str:
    """SHA-256 over the stored wording of `version` and its parts; another one as soon as anybody saved a change."""
    content = [
        FaqVersion.objects.filter(pk=version.pk).values_list(*WORDING),
        Figure.objects.filter(version=version).order_by("pk").values_list(),
        FigureSource.objects.filter(figure__version=version).order_by("pk").values_list("figure_id", "reference_id"),
        RelatedResource.objects.filter(version=version).order_by("pk").values_list(),
    ]
    stored = json.dumps([list(rows) for rows in content], default=str)
    return hashlib.sha256(stored.encode()).hexdigest()


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
