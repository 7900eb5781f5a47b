"""Categories, drugs, and the names that people know drugs by."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest

from faq import reviewing
from faq.admin.label_change import LabelChange
from faq.models import Category, Drug, DrugName
from faq.models.workflow import Status
from faq.search import index
from portal.accounts.signed_in import person
from portal.lib.admin import AutocompleteFilter, FilterMedia, StaffAdmin


@admin.register(Category)
class CategoryAdmin(StaffAdmin):
    list_display = ["name", "market", "order", "drug_count", "description"]
    list_filter = ["market"]
    list_select_related = ["market"]
    search_fields = ["name", "slug"]
    lasting_fields = ("market",)
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Category]:
        rows: QuerySet[Category] = super().get_queryset(request).annotate(drugs_all=Count("drugs"))
        return rows

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj else super().get_prepopulated_fields(request, obj)

    @admin.display(description="drugs", ordering="drugs_all")
    def drug_count(self, category: Any) -> int:
        return int(category.drugs_all)

    def view_on_site(self, category: Category) -> str | None:
        answered = category.drugs.filter(faqs__versions__status=Status.PUBLISHED).exists()
        return category.get_absolute_url() if answered else None


class NameInline(admin.TabularInline):
    model = DrugName
    extra = 1


@admin.register(Drug)
class DrugAdmin(LabelChange):
    list_display = ["name", "generic_name", "market", "category", "status", "answer_count", "question_count"]
    list_filter = ["market", "status", ("category", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["market", "category"]
    search_fields = ["name", "generic_name", "slug", "names__name"]
    autocomplete_fields = ["category"]
    prepopulated_fields = {"slug": ["name"]}
    lasting_fields = ("market",)
    inlines = [NameInline]
    fieldsets = [
        (None, {"fields": ["market", "category", "name", "generic_name", "slug", "status"]}),
        ("On its pages", {"fields": ["summary", "strengths", "prescribing_information_url", "boxed_warning"]}),
        ("Above everything else", {"fields": ["standing_notice"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Drug]:
        published = Q(faqs__versions__status=Status.PUBLISHED)
        answers, questions = Count("faqs", filter=published, distinct=True), Count("faqs", distinct=True)
        rows: QuerySet[Drug] = super().get_queryset(request).annotate(answers=answers, questions=questions)
        return rows

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj else super().get_prepopulated_fields(request, obj)

    @admin.display(description="answers", ordering="answers")
    def answer_count(self, drug: Any) -> int:
        return int(drug.answers)

    @admin.display(description="questions", ordering="questions")
    def question_count(self, drug: Any) -> int:
        return int(drug.questions)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        # A notice has to be up at once, and the index does not hold it.
        if {"name", "generic_name"} & set(form.changed_data) or any(formset.has_changed() for formset in formsets):
            index.refresh_drug(form.instance)

    def page_context(self, request: HttpRequest, row: Drug | None) -> dict[str, Any]:
        may_ask = row is not None and reviewing.may(person(request), "label")
        return {**super().page_context(request, row), "may_ask": may_ask}

    def view_on_site(self, drug: Drug) -> str | None:
        return drug.get_absolute_url() if Drug.objects.with_answers().filter(pk=drug.pk).exists() else None


@admin.register(DrugName)
class DrugNameAdmin(FilterMedia, StaffAdmin):
    list_display = ["name", "kind", "drug"]
    list_filter = ["kind", ("drug", AutocompleteFilter)]
    list_select_related = ["drug"]
    search_fields = ["name", "drug__name"]
    autocomplete_fields = ["drug"]
    lasting_fields = ("drug",)

    def save_model(self, request: HttpRequest, obj: DrugName, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        index.refresh_drug(obj.drug)

    def delete_model(self, request: HttpRequest, obj: DrugName) -> None:
        super().delete_model(request, obj)
        index.refresh_drug(obj.drug)
