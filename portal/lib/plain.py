"""Pages that need nothing which may be broken: no database, no market, no session."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from portal.lib import language


def page(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """`template` in the language of the market that the address names, as far as this process knows it, or in English.

    The front page that it leads to is that market's too.
    """
    code = request.path.strip("/").partition("/")[0]
    tag = language.learned(code)
    home = f"/{code}/" if tag else "/"
    with language.spoken(tag or settings.LANGUAGE_CODE):
        return HttpResponse(render_to_string(template, {"home": home}), status=status)
