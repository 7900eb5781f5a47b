"""What an invited reviewer reads without an account: the draft, its document, its pictures; and what they say of it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from faq import commenting, inviting, previewing
from faq.forms import CommentForm
from faq.models import Comment, FaqVersion, Image, Invitation
from faq.models.workflow import FROZEN
from faq.previewing import Around
from faq.previewing.page import private
from faq.views.answer import picture
from portal.chrome.models import Market
from portal.chrome.pages import open_page, public_form
from portal.lib import ratelimit


def _for_invited(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Lets in whoever holds a link that is still good; what is public by now is read on its public page."""

    @wraps(view)
    def guarded(request: HttpRequest, market: Market, token: str, **kwargs: Any) -> HttpResponse:
        try:
            invitation = inviting.opened(token)
        except (BadSignature, ValueError):
            return _refused(request, "forged", 403)
        except inviting.Closed as closed:
            return _refused(request, str(closed), 410)
        if invitation.version.faq.market_id != market.pk:
            return _refused(request, "forged", 403)
        if invitation.version.status in FROZEN:
            faq = invitation.version.faq
            return private(HttpResponseRedirect(reverse("permanent", args=[market.code, faq.content_id])))
        return private(view(request, market, invitation, **kwargs))

    return guarded


@public_form
@_for_invited
def preview(request: HttpRequest, market: Market, invitation: Invitation) -> HttpResponse:
    """The draft as visitors will see it, with the comments on it; a POST says something about it."""
    form = CommentForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        if not ratelimit.preview_comment(request):
            return render(request, "chrome/429.html", {"crumbs": []}, status=429)
        _say(invitation, form.cleaned_data)
        return HttpResponseRedirect(f"{request.path}?saved=1#saved")
    response = previewing.page(request, _version(invitation), _around(request, market, invitation, form))
    if form is not None:
        response.status_code = 422
    return response


@open_page
@_for_invited
def preview_pdf(request: HttpRequest, _market: Market, invitation: Invitation) -> HttpResponse:
    """The draft as PDF, stamped."""
    return previewing.document(request, _version(invitation))


@open_page
@_for_invited
def preview_image(
    request: HttpRequest, _market: Market, invitation: Invitation, sha256: str, extension: str
) -> HttpResponse:
    """A picture of the draft, which nobody else may see yet."""
    found = get_object_or_404(
        Image.objects.light().filter(figures__version=invitation.version_id).distinct(), pk=sha256
    )
    if not found.get_absolute_url().endswith(f".{extension}"):
        raise Http404("This image is of another kind.")
    return picture(request, found)


def _version(invitation: Invitation) -> FaqVersion:
    version = previewing.fetch(invitation.version_id)
    if version is None:
        raise Http404("The version is gone.")
    return version


def _say(invitation: Invitation, said: dict[str, Any]) -> None:
    begun = _threads(invitation).filter(pk=said["answers_to"]).first() if said["answers_to"] else None
    if begun is not None:
        commenting.answer(begun, said["text"], by=invitation)
        return
    if said["answers_to"]:
        raise PermissionDenied("This comment is on another version.")
    commenting.comment(invitation.version, said["text"], by=invitation, place=said["place"], quote=said["quote"])


def _threads(invitation: Invitation) -> QuerySet[Comment]:
    return Comment.objects.threads().filter(version=invitation.version_id)


def _around(request: HttpRequest, market: Market, invitation: Invitation, form: CommentForm | None) -> Around:
    here = reverse("preview", args=[market.code, inviting.token(invitation)])
    context = {"invitation": invitation, "form": form, "has_saved": "saved" in request.GET}
    return Around(f"{here}pdf/", here, "faq/_preview_comments.html", context, list(_threads(invitation)))


def _refused(request: HttpRequest, reason: str, status: int) -> HttpResponse:
    return private(render(request, "faq/preview_refused.html", {"reason": reason, "crumbs": []}, status=status))
