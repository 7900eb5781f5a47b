"""Filters of the lists beside those that Django makes of a field."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from faq.models import FaqVersion

SOON = timedelta(days=90)


class DueFilter(admin.SimpleListFilter):
    """Published answers whose review has come due, or soon will."""

    title = "review due"
    parameter_name = "due"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        return [("overdue", "Overdue"), ("soon", f"Overdue or within {SOON.days} days")]

    def queryset(self, _request: HttpRequest, queryset: QuerySet[FaqVersion]) -> QuerySet[FaqVersion]:
        today = timezone.localdate()
        before = {"overdue": today, "soon": today + SOON}.get(self.value() or "")
        return FaqVersion.objects.due(before) & queryset if before else queryset
