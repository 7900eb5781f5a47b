"""The exact preview of a version for staff, at the width of a phone and of a desk, and the links that open it."""

from collections.abc import Callable
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from faq import inviting, previewing
from faq.admin.version_pages import Tool, VersionPages
from faq.models import Comment, FaqVersion, Invitation
from faq.models.workflow import OPEN
from faq.previewing import Around
from portal.accounts.signed_in import person
from portal.lib import email
from portal.lib.admin import change_url
from portal.lib.language import spoken


class InvitationForm(forms.ModelForm):
    """Who is invited, and for how long."""

    days = forms.IntegerField(
        min_value=1, max_value=inviting.LONGEST_DAYS, initial=inviting.USUAL_DAYS, label="days until it expires"
    )

    class Meta:
        model = Invitation
        fields = ["reviewer", "email"]


class VersionPreview(VersionPages):
    """The exact preview of a version, and invitations to it."""

    def get_urls(self) -> list[URLPattern]:
        views: dict[str, tuple[str, Callable[..., HttpResponse]]] = {
            "preview": ("preview/", self.preview),
            "preview_page": ("preview/page/", self.preview_page),
            "preview_pdf": ("preview/pdf/", self.preview_pdf),
            "invite": ("preview/invite/", self.invite),
            "revoke": ("preview/<int:invitation>/revoke/", self.revoke),
        }
        own = [
            path(f"<int:pk>/{address}", self.admin_site.admin_view(view), name=f"faq_faqversion_{name}")
            for name, (address, view) in views.items()
        ]
        return [*own, *super().get_urls()]

    def tools(self, request: HttpRequest, version: FaqVersion) -> list[Tool]:
        tool = Tool("Preview", reverse("admin:faq_faqversion_preview", args=[version.pk]))
        return [*super().tools(request, version), tool]

    # The page that frames, and the page that is framed, are the only ones of the site that may.
    @method_decorator(csp_update({"frame-src": [SELF]}))
    @method_decorator(require_safe)
    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The public page of version `pk` in two frames, its comments, and who was invited."""
        return self._preview(request, self._fetched(request, pk), InvitationForm())

    @method_decorator(csp_replace({"frame-ancestors": [SELF]}))
    @method_decorator(xframe_options_sameorigin)
    @method_decorator(require_safe)
    def preview_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What the frames show: the page as visitors will see it."""
        version = self._fetched(request, pk)
        threads = [] if "unmarked" in request.GET else list(Comment.objects.threads().filter(version=pk))
        pdf = reverse("admin:faq_faqversion_preview_pdf", args=[pk])
        return previewing.page(request, version, Around(pdf, threads=threads))

    @method_decorator(require_safe)
    def preview_pdf(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The version as PDF, stamped."""
        return previewing.document(request, self._fetched(request, pk))

    @method_decorator(csp_update({"frame-src": [SELF]}))
    @method_decorator(require_POST)
    def invite(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Makes a link for a named reviewer, and mails it where there is an address."""
        version, form = self._fetched(request, pk), InvitationForm(request.POST)
        if not form.is_valid():
            return self._preview(request, version, form)
        said = form.cleaned_data
        try:
            invitation = inviting.invite(
                version, said["reviewer"], by=person(request), days=said["days"], email=said["email"]
            )
        except (PermissionDenied, ValueError) as refusal:
            messages.error(request, str(refusal))
            return redirect("admin:faq_faqversion_preview", pk)
        self.log_change(request, version, f"Invited {invitation.reviewer} to review until {invitation.expires_at:%F}.")
        self._tell(request, invitation)
        return redirect(reverse("admin:faq_faqversion_preview", args=[pk]) + "#invitations")

    @method_decorator(require_POST)
    def revoke(self, request: HttpRequest, pk: int, invitation: int) -> HttpResponse:
        """Closes a link for good."""
        version = self._fetched(request, pk)
        found = get_object_or_404(Invitation, pk=invitation, version=version)
        inviting.revoke(found, by=person(request))
        self.log_change(request, version, f"Revoked the link of {found.reviewer}.")
        messages.success(request, f"The link of {found.reviewer} opens nothing any more.")
        return redirect(reverse("admin:faq_faqversion_preview", args=[pk]) + "#invitations")

    def _fetched(self, request: HttpRequest, pk: int) -> FaqVersion:
        if not self.has_view_permission(request):
            raise PermissionDenied
        version = previewing.fetch(pk)
        if version is None:
            raise Http404("There is no such version.")
        return version

    def _preview(self, request: HttpRequest, version: FaqVersion, form: InvitationForm) -> HttpResponse:
        user, market = person(request), version.faq.market
        with spoken(market.language_tag):
            seen = previewing.shown(version).version
            parts = previewing.parts(seen)
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": f"Preview of {version}",
            "version": version,
            "version_url": change_url(version),
            # Two frames beside each other need the width.
            "is_nav_sidebar_enabled": False,
            "form": form,
            "invitations": [(row, _address(request, row)) for row in _invitations(version)],
            "may_invite": version.status in OPEN and user.has_perm("faq.add_invitation"),
            "may_revoke": user.has_perm("faq.change_invitation"),
            **self.comments_context(request, version, parts),
        }
        return render(request, "admin/faq/preview.html", context, status=422 if form.errors else 200)

    def comments_context(self, request: HttpRequest, version: FaqVersion, parts: list[str]) -> dict[str, Any]:
        """What the comments on a page of `version` need; `parts` are those that a comment may be on."""
        raise NotImplementedError

    def _tell(self, request: HttpRequest, invitation: Invitation) -> None:
        if not invitation.email:
            messages.success(request, f"The link for {invitation.reviewer} is ready: copy it below and pass it on.")
            return
        version = invitation.version
        context = {
            "invitation": invitation,
            "version": version,
            "market": version.faq.market,
            "address": _address(request, invitation),
        }
        with spoken(version.faq.market.language_tag):
            sent = email.send("invitation", context, [invitation.email])
        if sent:
            messages.success(request, f"The link was mailed to {invitation.reviewer}.")
        else:
            messages.warning(request, f"The mail to {invitation.reviewer} failed: copy the link below and pass it on.")


def _invitations(version: FaqVersion) -> list[Invitation]:
    return list(version.invitations.select_related("invited_by"))


def _address(request: HttpRequest, invitation: Invitation) -> str:
    market = invitation.version.faq.market.code
    return request.build_absolute_uri(reverse("preview", args=[market, inviting.token(invitation)]))
