"""The page on which somebody says that the label of a drug changed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode

from faq import reviewing
from faq.admin.review_forms import AskForm
from faq.models import Drug, FaqVersion
from portal.accounts.signed_in import person
from portal.lib.admin import StaffAdmin, change_url

# So many answers are named before it is confirmed; all of them stand in the list to which their number leads.
NAMED = 20


class LabelChange(StaffAdmin):
    """Asks, after a look at what it concerns, for a review of every published answer about a drug."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.label_changed)
        return [path("<int:pk>/label-changed/", view, name="faq_drug_label_changed"), *super().get_urls()]

    def label_changed(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Shows how many answers it concerns, and asks for their review once a reason is given."""
        drug = self.get_object(request, str(pk))
        if drug is None or not self.has_view_permission(request, drug):
            raise Http404("No such drug.")
        if not reviewing.may(person(request), "label"):
            raise PermissionDenied("You may not ask for a review of all answers of a drug.")
        form = AskForm(request.POST or None)
        if form.is_valid() and self._ask(request, drug, form):
            chosen = {"cause__exact": "label", "faq__drug__id__exact": drug.pk}
            return redirect(f"{reverse('admin:faq_reviewrequest_changelist')}?{urlencode(chosen)}")
        answers = FaqVersion.objects.published().filter(faq__drug=drug).select_related("faq")
        count = answers.count()
        context = {
            **self.admin_site.each_context(request),
            "title": f"The label of {drug} changed",
            "drug": drug,
            "drug_url": change_url(drug),
            "count": count,
            "more": max(0, count - NAMED),
            "answers": answers.light().order_by("faq__number")[:NAMED],
            "form": form,
        }
        return render(request, "admin/faq/drug/label_changed.html", context)

    def _ask(self, request: HttpRequest, drug: Drug, form: AskForm) -> bool:
        try:
            with transaction.atomic():
                asked = reviewing.label_changed(drug, **form.cleaned_data, by=person(request))
                told = f"Label changed: asked for a review of {len(asked)} answers. {form.cleaned_data['reason']}"
                self.log_change(request, drug, told)
        except (PermissionDenied, ValueError) as refusal:
            form.add_error(None, str(refusal))
            return False
        messages.success(request, f"Asked for a review of {len(asked)} answers about {drug}.")
        return True
