"""The floor: a Django view without any middleware, which returns bytes that were made before.

As a WSGI application: FLOOR_FOLDER names the folder with `<name>.body` and `<name>.json`, the headers.
"""

import json
import os
from pathlib import Path

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

FOLDER = Path(os.environ["FLOOR_FOLDER"])
# Read once: the floor is Django's own cost, not that of the disk.
MADE = {
    body.stem: (body.read_bytes(), json.loads(body.with_suffix(".json").read_text())) for body in FOLDER.glob("*.body")
}


def page(_request: HttpRequest, name: str) -> HttpResponse:
    if name not in MADE:
        raise Http404
    body, headers = MADE[name]
    return HttpResponse(body, headers=headers)


urlpatterns = [path("<slug:name>/", page)]

settings.configure(
    MIDDLEWARE=[],
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["localhost", "127.0.0.1"],
    SECRET_KEY="none",  # noqa: S106  (it signs nothing)
    LOGGING_CONFIG=None,
)
django.setup()
application = get_wsgi_application()
