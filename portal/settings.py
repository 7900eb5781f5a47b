"""Settings: safe with no variable set; every deployment choice is an environment variable (.env.example lists them)."""

import os
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from portal.lib import database
from portal.lib.environment import flag, local_secret, names

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("PORTAL_VAR") or BASE_DIR / "var")

DEBUG = flag("DEBUG")

LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = names("ALLOWED_HOSTS") or LOOPBACK
# Whoever opens the portal to other machines has to name its hosts, so that list tells production from a trial.
PRODUCTION = not set(ALLOWED_HOSTS) <= set(LOOPBACK)

# How mails to staff name this site in a link.
_HOST = ALLOWED_HOSTS[0].removeprefix(".")
SITE_ADDRESS = os.environ.get("SITE_ADDRESS") or (
    f"https://{_HOST}/" if PRODUCTION else f"http://localhost:{os.environ.get('PORT', '8000')}/"
)

SECRET_KEY = os.environ.get("SECRET_KEY", "")
SECRET_KEY_FALLBACKS = names("SECRET_KEY_FALLBACKS")
if not SECRET_KEY:
    if PRODUCTION:
        raise ImproperlyConfigured("ALLOWED_HOSTS is set, so SECRET_KEY must be set too: 50 or more random characters.")
    SECRET_KEY = local_secret(VAR / "secret_key")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "csp",
    "django_prose_editor",
    "portal.lib",
    "portal.audit",
    "portal.chrome",
    "portal.retention",
    "portal.accounts",
    "portal.leaving",
    "portal.safety",
    "portal.clock",
    "faq",
    "faq.search",
    "portal.contact",
]

MIDDLEWARE = [
    "portal.lib.middleware.degrade_without_database",
    "django.middleware.security.SecurityMiddleware",
    "portal.lib.middleware.security_headers",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.audit.middleware.name_staff",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.chrome.pages.surroundings",
            ],
        },
    },
]

DATABASES = {
    "default": database.configuration(os.environ.get("DATABASE_URL"), VAR, os.environ.get("MIGRATION_DATABASE_URL"))
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# The market decides the language, never the browser; a language without a catalog in locale/ is not listed.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("en-gb", "British English"), ("de", "Deutsch")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "portal.formats"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "portal.lib.bundles.BundleFinder",
]
# What a page asks for in one request, and the files that it is made of.
BUNDLES = {
    "bundles/site.css": [
        f"css/{sheet}.css"
        for sheet in ("tokens", "base", "layout", "components", "panels", "leaving", "privacy", "shortcut", "suggest")
    ],
    "bundles/answer.css": ["css/answer.css", "css/feedback.css"],
    "bundles/site.js": [f"js/{module}.js" for module in ("gate", "panels", "leaving", "shortcut", "search", "recent")],
    "bundles/answer.js": [
        f"js/{module}.js" for module in ("contents", "citation", "figure", "copy", "print", "feedback")
    ],
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# Bytes of memory that each process keeps whole pages in; 0 renders each of them anew.
PAGE_MEMORY = int(os.environ.get("PAGE_MEMORY_MB", "64")) * 1024 * 1024
# Whether parts that pages share are remembered while nothing that they show changed.
PAGE_PARTS_KEPT = flag("PAGE_PARTS_KEPT", default=True)

# The proxies that are told at once when something changed that they may keep, and what they know us by.
PURGE_PROXIES = names("PURGE_PROXIES")
PURGE_KEY = os.environ.get("PURGE_KEY", "")
if PURGE_PROXIES and not PURGE_KEY:
    raise ImproperlyConfigured("PURGE_PROXIES is set, so PURGE_KEY must be set too: anybody could empty them else.")

# Search also by meaning, where the extra is installed and the model prepared; /readyz says whether it does.
SEARCH_MEANING = flag("SEARCH_MEANING", default=True)

# `manage.py serve` also runs the commands of the schedule, unless something else runs them.
CLOCK = flag("CLOCK", default=True)

_MAIL = "smtp" if "EMAIL_HOST" in os.environ else "console"
EMAIL_BACKEND = os.environ.get("EMAIL_BACKEND", f"django.core.mail.backends.{_MAIL}.EmailBackend")
if PRODUCTION and not {"EMAIL_HOST", "EMAIL_BACKEND"} & set(os.environ):
    # Printed mails would put visitors' questions into the log, and reach nobody.
    raise ImproperlyConfigured("ALLOWED_HOSTS is set, so EMAIL_HOST (or EMAIL_BACKEND) must be set too.")
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "portal@localhost")

# A form of this portal holds at most some thousand characters; only the admin's figures need more.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "portal.lib.uploads.OfStaffAlone",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# How many proxies stand in front and append to X-Forwarded-For; 0 believes nobody but the socket.
TRUSTED_PROXIES = int(os.environ.get("TRUSTED_PROXIES", "0"))
CSRF_TRUSTED_ORIGINS = names("CSRF_TRUSTED_ORIGINS")
CSRF_FAILURE_VIEW = "portal.chrome.views.forbidden"

SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
if PRODUCTION:
    SECURE_SSL_REDIRECT = not flag("PLAIN_HTTP")
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not flag("PLAIN_HTTP")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        # The nonce stands only on pages that ask for one: those of the admin with an import map.
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "INFO")},
}
