"""The project's settings, with a database of their own that need not survive a crash."""

import os
from pathlib import Path

os.environ.setdefault("PORTAL_VAR", str(Path(__file__).resolve().parent.parent / "var" / "test"))
os.environ.setdefault("PORTAL_DATABASE_UNSAFE_FAST", "1")

from portal import settings
from portal.lib.database import owner
from portal.settings import *

# Tests make and drop databases, and lift what guards them; those of the serving role take it on for themselves.
DATABASES = {"default": owner(settings.DATABASES["default"])}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Static files are found where they lie: nothing has to be collected before a test.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
# What a search finds must not depend on what happens to be installed; tests of meaning switch it on.
SEARCH_MEANING = False
# The trail refuses every UPDATE, by which Django would bring back what a test that commits truncated.
TEST_NON_SERIALIZED_APPS = ["portal.audit"]
# Tests change rows within transactions, of which no other process ever hears.
PAGE_PARTS_KEPT = False
# No test serves with a schedule beside it; those of the schedule say so themselves.
CLOCK = False
