"""What was asked about a question: the requests to review it, and the form that asks for another."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse

from faq import reviewing
from faq.admin.review_forms import AskForm
from faq.admin.version_pages import Tool, VersionPages
from faq.models import FaqVersion
from faq.models.workflow import Status
from portal.accounts.signed_in import person


class ReviewPages(VersionPages):
    """The page on which a review of a published answer is asked for, beside those asked for before."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.reviews)
        return [path("<int:pk>/reviews/", view, name="faq_faqversion_reviews"), *super().get_urls()]

    def tools(self, request: HttpRequest, version: FaqVersion) -> list[Tool]:
        waiting = version.faq.review_requests.open().count()
        label = f"Review requests ({waiting} open)" if waiting else "Ask for a review"
        shown = waiting or (version.status == Status.PUBLISHED and reviewing.may(person(request), "ask"))
        own = [Tool(label, reverse("admin:faq_faqversion_reviews", args=[version.pk]))] if shown else []
        return [*super().tools(request, version), *own]

    def reviews(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The requests to review the question of a version, and the form that asks for one more."""
        version = self.get_object(request, str(pk))
        if version is None or not self.has_view_permission(request, version):
            raise Http404("No such version.")
        may_ask = version.status == Status.PUBLISHED and reviewing.may(person(request), "ask")
        form = AskForm(request.POST or None) if may_ask else None
        if form and form.is_valid() and self._ask(request, version, form):
            return redirect("admin:faq_faqversion_reviews", pk)
        asked = version.faq.review_requests.select_related("asked_by", "closed_by", "closed_with", "reference")
        context = {
            **self.admin_site.each_context(request),
            "title": "Review requests",
            "version": version,
            "asked": asked.order_by("-closed_at", "due"),
            "form": form,
        }
        return render(request, "admin/faq/faqversion/reviews.html", context)

    def _ask(self, request: HttpRequest, version: FaqVersion, form: AskForm) -> bool:
        try:
            with transaction.atomic():
                reviewing.ask_for(version.faq, **form.cleaned_data, by=person(request))
                self.log_change(request, version, f"Asked for a review. {form.cleaned_data['reason']}")
        except (PermissionDenied, ValueError) as refusal:
            form.add_error(None, str(refusal))
            return False
        messages.success(request, "The review is asked for.")
        return True
