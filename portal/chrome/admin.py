"""Markets with their texts and links, and the site's own pages."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from portal.chrome.models import (
    Consent,
    ConsentText,
    Holiday,
    Market,
    NavLink,
    OpeningHours,
    Page,
    PageResource,
)
from portal.lib.admin import ReadOnly, StaffAdmin, StaffFields, WholeRowForm
from portal.lib.landing import shelve


class NavLinkInline(admin.TabularInline):
    model = NavLink
    extra = 0


class OpeningHoursInline(admin.TabularInline):
    model = OpeningHours
    extra = 0


class HolidayInline(admin.TabularInline):
    model = Holiday
    extra = 0


@admin.register(Market)
class MarketAdmin(StaffAdmin):
    list_display = [
        "name",
        "code",
        "language_tag",
        "organisation",
        "is_default",
        "gate",
        "medical_phone",
        "inquiry_mailbox",
        "safety_mailbox",
    ]
    search_fields = ["name", "code", "organisation"]
    readonly_fields = ["updated_at"]
    inlines = [OpeningHoursInline, HolidayInline, NavLinkInline]
    fieldsets = [
        (None, {"fields": ["code", "name", "language_tag", "time_zone", "is_default", "updated_at"]}),
        ("Organisation", {"fields": ["organisation", "site_name", "copyright_line", "trademark_line", "job_code"]}),
        ("Home page", {"fields": ["home_title", "home_lead", "audience_statement", "demonstration_notice"]}),
        (
            "Medical information",
            {"fields": ["medical_phone", "medical_phone_note", "inquiry_mailbox", "safety_mailbox"]},
        ),
        ("Safety", {"fields": ["safety_phone", "safety_notice", "export_flagged"]}),
        (
            "On answers",
            {"fields": ["response_notice", "off_label_notice", "investigational_notice", "references_notice"]},
        ),
        (
            "Gate",
            {
                "fields": [
                    "gate",
                    "gate_title",
                    "gate_text",
                    "gate_accept_label",
                    "gate_decline_label",
                    "gate_decline_page",
                    "gate_days",
                ]
            },
        ),
        (
            "Review",
            {
                "fields": ["review_mailbox", "overdue_days", "overdue_days_unlabelled"],
                "description": "What happens to answers whose review is overdue. Nothing is withdrawn before staff"
                " were told a week ago that it is due.",
            },
        ),
        ("Search engines", {"fields": ["noindex_unlabelled"]}),
        ("Search", {"fields": ["search_unlabelled", "search_days"]}),
    ]

    def view_on_site(self, market: Market) -> str:
        return market.get_absolute_url()


@admin.register(NavLink)
class NavLinkAdmin(StaffAdmin):
    list_display = ["label", "market", "place", "address", "order"]
    list_filter = ["market", "place"]
    list_select_related = ["market"]
    search_fields = ["label", "address"]
    autocomplete_fields = ["market"]


@admin.register(OpeningHours)
class OpeningHoursAdmin(StaffAdmin):
    list_display = ["market", "weekday", "opens", "closes"]
    list_display_links = ["weekday"]
    list_filter = ["market"]
    list_select_related = ["market"]


@admin.register(Holiday)
class HolidayAdmin(StaffAdmin):
    list_display = ["day", "name", "market"]
    list_filter = ["market", "day"]
    list_select_related = ["market"]
    search_fields = ["name"]


class PageForm(WholeRowForm):
    class Meta:
        widgets = {"body": forms.Textarea(attrs={"rows": 30, "class": "vLargeTextField markup"})}


class PageResourceInline(StaffFields, admin.StackedInline):
    model = PageResource
    extra = 0


@admin.register(Page)
class PageAdmin(StaffAdmin):
    form = PageForm
    list_display = ["title", "market", "slug", "section", "is_open", "last_updated"]
    list_filter = ["market", "is_open", "last_updated"]
    list_select_related = ["market", "section"]
    search_fields = ["title", "slug", "lead", "body"]
    autocomplete_fields = ["market", "section"]
    inlines = [PageResourceInline]
    prepopulated_fields = {"slug": ["title"]}

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Page | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.is_way_out)

    def view_on_site(self, page: Page) -> str:
        return page.get_absolute_url()


@admin.register(PageResource)
class PageResourceAdmin(StaffAdmin):
    list_display = ["title", "kind", "page", "date", "congress"]
    list_filter = ["page__market", "kind", "date"]
    list_select_related = ["page"]
    search_fields = ["title", "congress", "note"]
    autocomplete_fields = ["page"]


class _Lasting(StaffAdmin):
    """Rows that prove something: nobody changes or deletes them."""

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


@admin.register(ConsentText)
class ConsentTextAdmin(_Lasting):
    """What visitors were told when they chose: a new wording is a new version."""

    list_display = ["__str__", "market", "number", "effective"]
    list_filter = ["market"]
    list_select_related = ["market"]


@admin.register(Consent)
class ConsentAdmin(ReadOnly, _Lasting):
    """Choices as visitors made them."""

    list_display = ["receipt", "market", "text", "remembers_reading", "opted_out", "by_signal", "decided_at"]
    list_filter = ["market", "remembers_reading", "opted_out", "by_signal", "decided_at"]
    list_select_related = ["market", "text__market"]
    search_fields = ["receipt"]


shelve("Site", 70, Market, Page, PageResource, NavLink, OpeningHours, Holiday)
shelve("Privacy", 80, ConsentText, Consent)
