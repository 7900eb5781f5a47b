"""The addresses of the site (a contract: links, bookmarks and checks rely on them)."""

from django.contrib import admin
from django.contrib.sitemaps import views as sitemaps
from django.urls import URLPattern, URLResolver, include, path

from faq.sitemaps import SITEMAPS
from faq.views.answer import image
from faq.views.missing import not_found
from portal import health
from portal.accounts import views as accounts
from portal.chrome import views as chrome
from portal.chrome.privacy_views import privacy_choices
from portal.contact.views import contact
from portal.leaving.views import leaving
from portal.lib.access import for_machines

market: list[URLPattern | URLResolver] = [
    path("", include("faq.urls")),
    path("leaving/", leaving, name="leaving"),
    path("contact/", contact, name="contact"),
    path("report-safety/", chrome.page, {"slug": "report-safety"}, name="report-safety"),
    path("medical-education/", chrome.page, {"slug": "medical-education"}, name="medical-education"),
    path("science/", chrome.page, {"slug": "science"}, name="science"),
    path("privacy-choices/", privacy_choices, name="privacy-choices"),
    path("gate/", chrome.attest, name="gate"),
    path("pages/<slug:slug>/", chrome.page, name="page"),
]

urlpatterns = [
    path("", chrome.front, name="front"),
    path("admin/", admin.site.urls),
    path("accounts/sign-in/", accounts.sign_in, name="sign-in"),
    path("accounts/sign-out/", accounts.sign_out, name="sign-out"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", chrome.robots, name="robots"),
    path(
        "sitemap.xml",
        for_machines(sitemaps.index),
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap-section"},
        name="sitemap-index",
    ),
    path("sitemap-<section>.xml", for_machines(sitemaps.sitemap), {"sitemaps": SITEMAPS}, name="sitemap-section"),
    path("media/<slug:sha256>.<slug:extension>", image, name="image"),
    path("<slug:market>/", include(market)),
]

handler400 = chrome.bad_request
handler403 = chrome.forbidden
handler404 = not_found
handler500 = chrome.server_error
