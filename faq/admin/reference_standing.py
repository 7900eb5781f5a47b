"""Superseding and retracting a reference: which answers that touches is seen before it is done."""

from datetime import timedelta
from typing import Any, NamedTuple, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminDateWidget, AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_POST

from faq import standing
from faq.models import Reference
from portal.accounts.signed_in import person
from portal.lib.admin import StaffAdmin, change_url

Standing = Reference.Standing
# How long reviewers usually have.
USUAL = {Standing.RETRACTED: timedelta(days=7), Standing.SUPERSEDED: timedelta(days=60)}


class Fall(NamedTuple):
    """One way in which a reference stops to stand, in words for the page."""

    name: str
    standing: Reference.Standing
    label: str
    told: str


FALLS = {
    "supersede": Fall(
        "supersede",
        Standing.SUPERSEDED,
        "Supersede",
        "A newer source took its place. Readers see no difference; authors are told of the successor.",
    ),
    "retract": Fall(
        "retract",
        Standing.RETRACTED,
        "Retract",
        "Readers of every published answer that cites it are told at once, with the reason below, and no version that"
        " cites it is submitted, approved or published any more.",
    ),
}


class FallForm(forms.Form):
    """Why a reference falls, and by when somebody has looked at the answers."""

    successor = forms.ModelChoiceField(
        Reference.objects.filter(standing=Standing.CURRENT), label="Which reference takes its place?"
    )
    reason = forms.CharField(
        label="Why?", max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})
    )
    notice_url = forms.URLField(
        label="Address of the retraction notice",
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "vURLField"}),
        help_text="Readers are led there.",
    )
    due = forms.DateField(label="Review the answers by", widget=AdminDateWidget)

    def __init__(self, fall: Fall, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due"].initial = timezone.localdate() + USUAL[fall.standing]
        if fall.name == "retract":
            del self.fields["successor"]
            self.fields["reason"].help_text = "Readers see this as you write it."
        else:
            del self.fields["notice_url"]
            link = Reference._meta.get_field("successor")
            choice = cast(forms.ModelChoiceField, self.fields["successor"])
            choice.widget = AutocompleteSelect(link, admin.site, attrs={"data-width": "100%"})
            choice.widget.choices = choice.choices


class ReferenceStanding(StaffAdmin):
    """The pages that say that a reference stands no more, and the button that takes it back."""

    def get_urls(self) -> list[URLPattern]:
        falls = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(self._page(fall)), name=f"faq_reference_{name}")
            for name, fall in FALLS.items()
        ]
        back = self.admin_site.admin_view(require_POST(self.reinstate))
        return [*falls, path("<int:pk>/reinstate/", back, name="faq_reference_reinstate"), *super().get_urls()]

    def _page(self, fall: Fall) -> Any:
        def page(request: HttpRequest, pk: int) -> HttpResponse:
            return self.fall(request, pk, fall)

        return page

    def fall(self, request: HttpRequest, pk: int, fall: Fall) -> HttpResponse:
        """Lists what is affected and asks why; then does it and leads back to the reference."""
        reference = self._reference(request, pk)
        if not standing.may(person(request), fall.standing):
            raise PermissionDenied
        form = FallForm(fall, request.POST or None)
        if request.method == "POST" and form.is_valid() and self._done(request, reference, fall, form):
            return redirect(change_url(reference))
        context = {
            **self.admin_site.each_context(request),
            "title": f"{fall.label} {reference.key}",
            "opts": self.opts,
            "media": self.media + form.media,
            "fall": fall,
            "form": form,
            "reference": reference,
            "affected": standing.affected(reference),
        }
        return render(request, "admin/faq/reference/fall.html", context)

    def _done(self, request: HttpRequest, reference: Reference, fall: Fall, form: FallForm) -> bool:
        told = dict(form.cleaned_data)
        try:
            if fall.name == "supersede":
                asked = standing.supersede(reference, told.pop("successor"), by=person(request), **told)
            else:
                asked = standing.retract(reference, by=person(request), **told)
        except ValueError as refusal:
            form.add_error(None, str(refusal))
            return False
        self.log_change(request, reference, f"{reference.get_standing_display()}: {told['reason']}")
        count = f"{len(asked)} {'answer' if len(asked) == 1 else 'answers'}"
        messages.success(request, f"{reference.key} is {fall.standing}. A review was asked for of {count}.")
        return True

    def reinstate(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Takes back that a reference fell."""
        reference = self._reference(request, pk)
        standing.reinstate(reference, by=person(request))
        self.log_change(request, reference, "Stands again.")
        messages.success(request, f"{reference.key} stands again. Reviews that were asked for stay open.")
        return redirect(change_url(reference))

    def _reference(self, request: HttpRequest, pk: int) -> Reference:
        reference = Reference.objects.select_related("successor", "standing_by").filter(pk=pk).first()
        if reference is None or not self.has_view_permission(request, reference):
            raise Http404("No such reference.")
        return reference

    def page_context(self, request: HttpRequest, row: Reference | None) -> dict[str, Any]:
        context = super().page_context(request, row)
        if row is None:
            return context
        user = person(request)
        return {**context, "falls": _offered(user, row), "may_reinstate": _may_reinstate(user, row)}


def _offered(user: Any, reference: Reference) -> list[Fall]:
    """The ways in which `user` may let `reference` fall from where it stands."""
    open_to = {Standing.CURRENT: FALLS.values(), Standing.SUPERSEDED: [FALLS["retract"]]}
    falls = open_to.get(Standing(reference.standing), [])
    return [fall for fall in falls if standing.may(user, fall.standing)]


def _may_reinstate(user: Any, reference: Reference) -> bool:
    return reference.standing != Standing.CURRENT and standing.may(user, reference.standing)
