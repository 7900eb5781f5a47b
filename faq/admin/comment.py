"""The list of comments, those that wait first."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from faq.admin import cells
from faq.models import Comment
from portal.lib.admin import AutocompleteFilter, FilterMedia, OpenFirst, ReadOnly, StaffAdmin, badge


class StateFilter(OpenFirst):
    """Open comments unless something else is asked for."""

    def lookups(self, _request: HttpRequest, _model_admin: object) -> list[tuple[str, str]]:
        return [*((value, label) for value, label in Comment.State.choices if value != "open"), ("all", "All")]

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Comment]) -> QuerySet[Comment]:
        value = self.value() or Comment.State.OPEN.value
        return queryset if value == "all" else queryset.filter(state=value)


@admin.register(Comment)
class CommentAdmin(ReadOnly, FilterMedia, StaffAdmin):
    list_display = ["said", "on", "place", "who", "written_at", "condition", "answered"]
    list_filter = [StateFilter, "must_be_resolved", "version__faq__market", ("version__faq__drug", AutocompleteFilter)]
    list_display_links = None
    list_select_related = ["version__faq"]
    search_fields = ["text", "name", "version__faq__content_id"]
    ordering = ["-written_at", "-pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        begun: QuerySet[Comment] = super().get_queryset(request).filter(answers_to=None)
        return begun.annotate(count=Count("answers"))

    @admin.display(description="comment")
    def said(self, comment: Comment) -> SafeString:
        return cells.comment(comment)

    @admin.display(description="version")
    def on(self, comment: Comment) -> SafeString:
        return cells.version_link(comment.version)

    @admin.display(description="who", ordering="name")
    def who(self, comment: Comment) -> str:
        return f"{comment.name} (invited)" if comment.invitation_id else comment.name

    @admin.display(description="state", ordering="state")
    def condition(self, comment: Comment) -> SafeString:
        if comment.is_open and comment.must_be_resolved:
            return badge("comment", "holding", "Before approval")
        return badge("comment", comment.state, comment.get_state_display())

    @admin.display(description="answers", ordering="count")
    def answered(self, comment: Comment) -> int:
        return int(comment.count)  # type: ignore[attr-defined]
