"""Rows that belong to a version and so are written only while it is a draft."""

from typing import Any

from django.contrib.admin.options import BaseModelAdmin, InlineModelAdmin
from django.db.models import Model
from django.forms import BaseInlineFormSet
from django.http import HttpRequest

from faq import publishing
from faq.models import FaqVersion
from faq.models.figure import FigureSource
from portal.accounts.signed_in import person
from portal.lib.admin import StaffAdmin, StaffFields


def is_writable(row: Model | None) -> bool:
    """Whether the version that `row` is, or belongs to, may still be written in; True where there is none yet."""
    match row:
        case None:
            return True
        case FaqVersion():
            return row.is_editable
        case FigureSource():
            return row.figure.version.is_editable
        case _:
            return bool(row.version.is_editable)  # type: ignore[attr-defined]


class DraftOnly(BaseModelAdmin):
    """Refuses, in an admin class or an inline, what the database refuses once the version is no draft."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and is_writable(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_writable(obj) and super().has_delete_permission(request, obj)


class FetchedFormSet(BaseInlineFormSet):
    """Rows of a version that are shown as they were fetched together with it, where they were."""

    def get_queryset(self) -> Any:
        link = self.fk.remote_field.related_name
        fetched = getattr(self.instance, "_prefetched_objects_cache", {}).get(link)
        return super().get_queryset() if self.is_bound or fetched is None else fetched


class DraftPart(DraftOnly, StaffFields, InlineModelAdmin):
    """Rows of a version on the version's own page."""

    extra = 0
    formset = FetchedFormSet

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and is_writable(obj)


class PartAdmin(DraftOnly, StaffAdmin):
    """Rows of all versions in one list; they are added on their version's page."""

    lasting_fields = ("version",)

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        publishing.write(obj.version, by=person(request))
        super().save_model(request, obj, form, change)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        publishing.write(obj.version, by=person(request))
        super().delete_model(request, obj)
