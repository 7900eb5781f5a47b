"""Comments on a version: said, answered and closed where the version is read, and listed where they wait."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from faq import commenting
from faq.admin.version_preview import VersionPreview
from faq.models import Comment, FaqVersion
from portal.accounts.models import User
from portal.accounts.signed_in import person
from portal.lib.admin import change_url, give_back_words

Posted = Mapping[str, str]


def _carry_on(begun: Comment, user: User, _posted: Posted) -> str:
    return f"Carried on to version {commenting.carry_on(begun, by=user).version.number}."


# What each button does, in the words that are shown when it was done.
VERBS: dict[str, tuple[Callable[[Comment, User, Posted], Any], str]] = {
    "answer": (lambda begun, user, posted: commenting.answer(begun, posted.get("words", ""), by=user), "Answered."),
    "resolve": (
        lambda begun, user, posted: commenting.resolve(begun, by=user, outcome=posted.get("words", "")),
        "Resolved.",
    ),
    "reopen": (lambda begun, user, _: commenting.reopen(begun, by=user), "Opened again."),
    "hold": (
        lambda begun, user, _: commenting.hold(begun, by=user, held=True),
        "The version is not approved before this comment is resolved.",
    ),
    "release": (
        lambda begun, user, _: commenting.hold(begun, by=user, held=False),
        "The version may be approved while this comment is open.",
    ),
    "carry-on": (_carry_on, "Carried on to the next version."),
    "delete": (lambda begun, user, _: commenting.delete(begun, by=user), "Taken back."),
}


class VersionComments(VersionPreview):
    """Comments on a version."""

    def get_urls(self) -> list[URLPattern]:
        say = self.admin_site.admin_view(self.say)
        close = self.admin_site.admin_view(self.act_on_comment)
        return [
            path("<int:pk>/comments/", say, name="faq_faqversion_comment"),
            path("<int:pk>/comments/<int:comment>/<slug:verb>/", close, name="faq_faqversion_comment_act"),
            *super().get_urls(),
        ]

    @method_decorator(require_POST)
    def say(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Stores a new comment."""
        version = self._seen(request, pk)
        posted = request.POST
        return self._done(
            request,
            version,
            lambda: commenting.comment(
                version,
                posted.get("words", ""),
                by=person(request),
                place=posted.get("place", ""),
                quote=posted.get("quote", ""),
                must_be_resolved="must_be_resolved" in posted,
            ),
            "Your comment is stored.",
        )

    @method_decorator(require_POST)
    def act_on_comment(self, request: HttpRequest, pk: int, comment: int, verb: str) -> HttpResponse:
        """Answers a comment, closes it, opens it again, or carries it on."""
        version = self._seen(request, pk)
        begun = get_object_or_404(Comment.objects.select_related("version"), pk=comment, version=version)
        if verb not in VERBS:
            raise Http404("There is nothing of this name to do with a comment.")
        act, done = VERBS[verb]
        return self._done(request, version, lambda: act(begun, person(request), request.POST.dict()), done)

    def page_context(self, request: HttpRequest, row: FaqVersion | None) -> dict[str, Any]:
        context = super().page_context(request, row)
        return context if row is None else {**context, **self.comments_context(request, row, [])}

    def comments_context(self, request: HttpRequest, version: FaqVersion, parts: list[str]) -> dict[str, Any]:
        user = person(request)
        threads = list(Comment.objects.threads().with_later().filter(version=version.pk))
        waiting = [begun for begun in threads if begun.is_open]
        return {
            "threads": threads,
            "waiting": len(waiting),
            "holding": sum(begun.must_be_resolved for begun in waiting),
            "parts": parts,
            "version_pk": version.pk,
            "may_hold": version.status in commenting.BEFORE_APPROVAL,
            "own_comments": {begun.pk for begun in threads if begun.is_by(user)},
            "may_comment": user.has_perm("faq.add_comment"),
            "may_close": user.has_perm("faq.change_comment"),
        }

    def _seen(self, request: HttpRequest, pk: int) -> FaqVersion:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(FaqVersion.objects.select_related("faq"), pk=pk)

    def _done(self, request: HttpRequest, version: FaqVersion, act: Callable[[], Any], done: str) -> HttpResponse:
        """Does `act`, says so or why not, and leads back to where the person was."""
        try:
            said = act()
        except (PermissionDenied, ValueError) as refusal:
            messages.error(request, str(refusal))
            give_back_words(request)
        else:
            messages.success(request, said if isinstance(said, str) else done)
        back = request.POST.get("back", "")
        allowed = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
        return redirect(f"{back if allowed else change_url(version)}#comments")
