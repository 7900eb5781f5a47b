"""Keeps what an author typed: through a lost session, beside other people, until it is saved."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseForbidden, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from faq.admin import drafts, presence
from faq.admin.version_pages import VersionPages
from faq.models import FaqVersion, Presence
from portal.accounts.signed_in import person
from portal.lib.access import from_own_pages

# The cookie by which a script on the next page learns whose kept text is saved by now (js/admin-kept.js).
SAVED = "saved_draft"
_OF_FORMS = ("faq_faqversion_add", "faq_faqversion_change")


class _TokenCheck(CsrfViewMiddleware):
    """Django's own check of a form's token, as a question."""

    def _reject(self, _request: HttpRequest, _reason: str) -> HttpResponseForbidden:
        return HttpResponseForbidden()

    @classmethod
    def passes(cls, request: HttpRequest) -> bool:
        check = cls(lambda _request: HttpResponse())
        check.process_request(request)
        return check.process_view(request, lambda _request: HttpResponse(), (), {}) is None


class VersionKeeping(VersionPages):
    """Keeps what an author typed: through a lost session, beside other people, until it is saved."""

    def get_urls(self) -> list[URLPattern]:
        present = self.admin_site.admin_view(require_POST(self.present))
        own = [
            path("session/", never_cache(self.session), name="faq_faqversion_session"),
            path("<int:pk>/presence/", present, name="faq_faqversion_presence"),
        ]
        others = super().get_urls()
        for pattern in others:
            if pattern.name in _OF_FORMS:
                pattern.callback = self._kept(pattern.callback)
        return [*own, *others]

    def session(self, request: HttpRequest) -> JsonResponse:
        """Whether somebody is still signed in, and the token that a form needs now."""
        if not self.admin_site.has_permission(request):
            return JsonResponse({"user": None})
        return JsonResponse({"user": request.user.pk, "token": get_token(request)})

    def present(self, request: HttpRequest, pk: int) -> JsonResponse:
        """Hears that a draft's page is open (or, with `leave`, is not any more), and tells who else has it open."""
        version = get_object_or_404(FaqVersion, pk=pk)
        if not self.has_change_permission(request, version):
            raise PermissionDenied("Only those who may write in a draft are present at it.")
        if "leave" in request.POST:
            presence.leave(version, person(request))
            return JsonResponse({"others": []})
        return JsonResponse({"others": presence.tell(version, person(request))})

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        # Whoever has a draft open keeps nobody from deleting it, though nobody deletes their presence by hand.
        found, counts, needed, protected = super().get_deleted_objects(objs, request)
        return found, counts, needed - {Presence._meta.verbose_name}, protected

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        request.saved_draft = str(form.instance.pk) if change else "new"  # type: ignore[attr-defined]

    def _kept(self, view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        """`view`, which answers a form that came too late for its session with everything that was typed in it."""

        # The token is asked for here first; `view` itself demands it as ever.
        @csrf_exempt
        @wraps(view)
        def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST" and from_own_pages(request) and "question" in request.POST:
                is_in = self.admin_site.has_permission(request)
                if not is_in or not _TokenCheck.passes(request):
                    return self._not_saved(request, is_in)
            response = view(request, *args, **kwargs)
            if saved := getattr(request, "saved_draft", None):
                response.set_cookie(
                    SAVED, saved, max_age=600, path="/admin/", samesite="Lax", secure=request.is_secure()
                )
            return response

        return kept

    def _not_saved(self, request: HttpRequest, is_in: bool) -> HttpResponse:
        sent = [(name, each) for name, values in request.POST.lists() for each in values]
        context = {
            **self.admin_site.each_context(request),
            "title": "Not saved yet",
            "is_in": is_in,
            "sent": [(name, each) for name, each in sent if name != "csrfmiddlewaretoken"],
            "typed": drafts.typed(request.POST),
            "has_files": bool(request.FILES),
        }
        return render(request, "admin/faq/faqversion/not_saved.html", context, status=HTTPStatus.FORBIDDEN)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        version = context.get("original")
        context["writes"] = self.has_change_permission(request, version) if version else True
        context["clashes"] = getattr(context["adminform"].form, "clashing", [])
        return super().render_change_form(request, context, *args, **kwargs)
