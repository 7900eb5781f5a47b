"""Markets with their texts and links, and the site's own pages."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from portal.chrome.models import Market, NavLink, Page
from portal.lib.admin import StaffAdmin, WholeRowForm


class NavLinkInline(admin.TabularInline):
    model = NavLink
    extra = 0


@admin.register(Market)
class MarketAdmin(StaffAdmin):
    list_display = [
        "name",
        "code",
        "language_tag",
        "organisation",
        "is_default",
        "medical_phone",
        "inquiry_mailbox",
        "safety_mailbox",
    ]
    search_fields = ["name", "code", "organisation"]
    readonly_fields = ["updated_at"]
    inlines = [NavLinkInline]
    fieldsets = [
        (None, {"fields": ["code", "name", "language_tag", "time_zone", "is_default", "updated_at"]}),
        ("Organisation", {"fields": ["organisation", "site_name", "copyright_line", "trademark_line", "job_code"]}),
        ("Home page", {"fields": ["home_title", "home_lead", "audience_statement", "demonstration_notice"]}),
        (
            "Medical information",
            {"fields": ["medical_phone", "medical_phone_hours", "inquiry_mailbox", "safety_mailbox"]},
        ),
        ("Safety", {"fields": ["safety_phone", "safety_notice"]}),
        (
            "On answers",
            {"fields": ["response_notice", "off_label_notice", "investigational_notice", "references_notice"]},
        ),
        ("Search engines", {"fields": ["noindex_unlabelled"]}),
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


class PageForm(WholeRowForm):
    class Meta:
        widgets = {"body": forms.Textarea(attrs={"rows": 30, "class": "vLargeTextField markup"})}


@admin.register(Page)
class PageAdmin(StaffAdmin):
    form = PageForm
    list_display = ["title", "market", "slug", "last_updated"]
    list_filter = ["market", "last_updated"]
    list_select_related = ["market"]
    search_fields = ["title", "slug", "lead", "body"]
    autocomplete_fields = ["market"]
    prepopulated_fields = {"slug": ["title"]}

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def view_on_site(self, page: Page) -> str:
        return page.get_absolute_url()
