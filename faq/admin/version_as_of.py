"""What did we say on a day? The version that visitors were served, and the proof that it is the one."""

from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from faq import as_of, rendering
from faq.admin.preview import preview
from faq.admin.version_pages import Tool, VersionPages
from faq.models import Drug, Faq, FaqVersion
from faq.models.version import FaqVersionQuerySet
from portal.chrome.models import Market

PAGE = 50


class AsOfForm(forms.Form):
    """Which answer, or which answers, on which day."""

    market = forms.ModelChoiceField(Market.objects.all(), empty_label=None)
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    at = forms.TimeField(
        required=False,
        label="time",
        help_text="By the clock of the market. Empty: all of the day.",
        widget=forms.TimeInput(attrs={"type": "time"}),
    )
    content_id = forms.CharField(required=False, label="content ID", max_length=120)
    drug = forms.ModelChoiceField(
        Drug.objects.all(),
        required=False,
        help_text="Neither a content ID nor a drug: everything that was published in the market.",
        widget=AutocompleteSelect(Faq._meta.get_field("drug"), admin.site),
    )

    def clean(self) -> dict[str, Any] | None:
        said = super().clean() or {}
        market, day = said.get("market"), said.get("day")
        if market and day:
            said["span"] = as_of.span(market, day, said.get("at"))
            if said["span"].start > timezone.now():
                raise ValidationError("That time has not come yet.")
        if market and said.get("drug") and said["drug"].market_id != market.pk:
            self.add_error("drug", "This drug belongs to another market.")
        return said


class VersionAsOf(VersionPages):
    """What visitors were served on a day."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.as_of)
        return [path("as-of/", view, name="faq_faqversion_as_of"), *super().get_urls()]

    def tools(self, request: HttpRequest, version: FaqVersion) -> list[Tool]:
        faq = version.faq
        asked = {"market": faq.market_id, "content_id": faq.content_id, "day": timezone.localdate().isoformat()}
        tool = Tool("As of a day", f"{reverse('admin:faq_faqversion_as_of')}?{urlencode(asked)}")
        return [*super().tools(request, version), tool]

    @method_decorator(require_safe)
    def as_of(self, request: HttpRequest) -> HttpResponse:
        """One answer as it was, or the list of all that was published."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = AsOfForm(request.GET if "day" in request.GET else None)
        context = {
            **self.admin_site.each_context(request),
            "title": "What visitors read on a day",
            "form": form,
            "media": form.media,
        }
        if not form.is_valid():
            return render(request, "admin/faq/as_of.html", context)
        said = form.cleaned_data
        asked = {name: value for name, value in request.GET.items() if name != "version"}
        context |= {"said": said, "zone": said["market"].time_zone, "asked": urlencode(asked)}
        with timezone.override(ZoneInfo(said["market"].time_zone)):
            context |= _one(said, request.GET.get("version", "")) if said["content_id"] else _many(said, request.GET)
            return render(request, "admin/faq/as_of.html", context)


def _one(said: dict[str, Any], number: str) -> dict[str, Any]:
    """Each version of one question that was served then, and what was stored of the last, or of the one `number`."""
    faq = Faq.objects.filter(market=said["market"], content_id__iexact=said["content_id"].strip()).first()
    if faq is None:
        return {"is_unknown": True}
    served = as_of.served(said["market"], said["span"]).filter(faq=faq) & FaqVersion.objects.with_parts()
    versions = list(served.select_related("approver"))
    chosen = next(
        (version for version in versions if str(version.number) == number), versions[-1] if versions else None
    )
    return {
        "faq": faq,
        "told": [(version, rendering.is_verified(version)) for version in versions],
        "chosen": chosen,
        "preview": preview(chosen) if chosen else None,
        "today": faq.versions.published().first(),
    }


def _many(said: dict[str, Any], asked: Any) -> dict[str, Any]:
    """What was published in the market, or about one drug of it."""
    versions: FaqVersionQuerySet = as_of.served(said["market"], said["span"]).select_related("faq__drug")
    if said["drug"]:
        versions = versions.filter(faq__drug=said["drug"])
    page: Page[FaqVersion] = Paginator(versions.light(), PAGE).get_page(asked.get("page"))
    kept = {name: value for name, value in asked.items() if name not in {"page", "content_id", "drug"}}
    of_drug = {"drug": said["drug"].pk} if said["drug"] else {}
    return {"versions": page, "query": urlencode(kept), "page_query": urlencode({**kept, **of_drug})}
