"""The headings under which a drug's questions are listed."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest

from faq.models import Topic
from faq.search import index
from portal.lib.admin import StaffAdmin


@admin.register(Topic)
class TopicAdmin(StaffAdmin):
    list_display = ["name", "market", "order", "question_count"]
    list_filter = ["market"]
    list_select_related = ["market"]
    search_fields = ["name"]
    lasting_fields = ("market",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        rows: QuerySet[Topic] = super().get_queryset(request).annotate(questions=Count("faqs"))
        return rows

    @admin.display(description="questions", ordering="questions")
    def question_count(self, topic: Any) -> int:
        return int(topic.questions)

    def save_model(self, request: HttpRequest, obj: Topic, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "name" in form.changed_data:
            index.refresh_where(Q(faq__topics=obj))

    def delete_model(self, request: HttpRequest, obj: Topic) -> None:
        faqs = list(obj.faqs.values_list("pk", flat=True))
        super().delete_model(request, obj)
        index.refresh_where(Q(faq__in=faqs))
