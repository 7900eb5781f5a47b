"""The addresses of answers and what leads to them, below a market's code."""

from django.urls import path, re_path

from faq.search.beacon import used
from faq.search.suggesting import suggest
from faq.search.views import search
from faq.views import answer, browse, feedback, pdf, permanent, preview

urlpatterns = [
    path("", browse.home, name="home"),
    path("medical-information/", browse.browse, name="browse"),
    path("medical-information/<slug:slug>/", browse.category, name="category"),
    path("products/answers/<slug:slug>-<int:number>/", answer.answer, name="answer"),
    path("products/answers/<slug:slug>-<int:number>/pdf/", pdf.pdf, name="answer-pdf"),
    path("products/<slug:slug>/", browse.drug, name="drug"),
    re_path(r"^answers/(?P<content_id>[A-Za-z0-9_.-]+)/$", permanent.permanent, name="permanent"),
    path("search/", search, name="search"),
    path("search/suggest/", suggest, name="suggest"),
    path("search/used/", used, name="search-used"),
    path("feedback/", feedback.feedback, name="feedback"),
    path("preview/<str:token>/", preview.preview, name="preview"),
    path("preview/<str:token>/pdf/", preview.preview_pdf, name="preview-pdf"),
    path("preview/<str:token>/<slug:sha256>.<slug:extension>", preview.preview_image, name="preview-image"),
    path("sitemap/", browse.sitemap, name="sitemap"),
]
