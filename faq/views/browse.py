"""Home, browsing by category and drug, and the sitemap for people."""

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from faq.answering import information_crumb
from faq.models import Category, Drug, Faq, FaqVersion
from faq.views import a_to_z
from portal.chrome import sections
from portal.chrome.elsewhere import with_elsewhere
from portal.chrome.models import Market, Page
from portal.chrome.pages import Crumb, public_page

FEATURED = 6
CATEGORIES, DRUGS_OF_EACH = 9, 6
# Up to here a list of drugs is one page to scan; beyond, visitors choose a letter.
ONE_PAGE_OF_DRUGS = 120
# A letter has a line for each name, and some letters very many.
ONE_PAGE_OF_LINES = 200
SITEMAP_DRUGS = 50


@public_page
def home(request: HttpRequest, market: Market) -> HttpResponse:
    """The market's front page: search first, then its categories, some recent on-label answers, and its sections.

    Of a section only its title and lead: what it lists has no label status, and nothing off-label or investigational
    is promoted (DESIGN: Decisions).
    """
    categories = Category.objects.filter(market=market).with_answers().with_drugs(DRUGS_OF_EACH)
    context = {
        "categories": [(category, _drugs_of(category, market)) for category in categories[:CATEGORIES]],
        "sections": sections.of_market(market),
        "recent": FaqVersion.objects.for_list(market).promotable().latest_reviewed()[:FEATURED],
        "crumbs": [],
    }
    return render(request, "faq/home.html", context)


@public_page
def browse(request: HttpRequest, market: Market) -> HttpResponse:
    """All drugs of the market, from A to Z, and its categories; of many drugs one letter, a page at a time."""
    drugs = Drug.objects.filter(market=market).answered()
    letters = drugs.initials()
    letter = ""
    if len(letters) > 1 and sum(letters.values()) > ONE_PAGE_OF_DRUGS:
        asked = request.GET.get("letter", "")[:1].upper()
        letter = asked if asked in letters else next(iter(letters))
    lines = a_to_z.lines(drugs.filed_under(letter) if letter else drugs, letter)
    page = Paginator(lines, ONE_PAGE_OF_LINES if letter else max(1, len(lines))).get_page(request.GET.get("page", "1"))
    entries = a_to_z.entries(page, drugs)
    context = {
        "categories": Category.objects.filter(market=market).with_answers().select_related("market"),
        "groups": [("", entries)] if letter else a_to_z.by_letter(entries),
        "letters": letters,
        "letter": letter,
        "lines": page,
        "crumbs": [Crumb(_("Medical information"))],
    }
    return render(request, "faq/browse.html", context)


@public_page
def category(request: HttpRequest, market: Market, slug: str) -> HttpResponse:
    """The drugs of one category."""
    categories = Category.objects.ever_answered().select_related("market")
    others = Category.objects.ever_answered().ungated()
    found = get_object_or_404(with_elsewhere(categories, others), market=market, slug=slug)
    drugs = Paginator(found.drugs.with_answers().select_related("market"), ONE_PAGE_OF_DRUGS)
    context = {
        "category": found,
        "alternates": _addresses("category", found),
        "drugs": drugs.get_page(request.GET.get("page", "1")),
        "crumbs": [information_crumb(market), Crumb(found.name)],
    }
    return render(request, "faq/category.html", context)


@public_page
def drug(request: HttpRequest, market: Market, slug: str) -> HttpResponse:
    """One drug: what it is, and its questions under their topics."""
    drugs = Drug.objects.ever_answered().select_related("category__market", "market")
    others = Drug.objects.answered().ungated().no_less_marketed()
    found = get_object_or_404(with_elsewhere(drugs, others), market=market, slug=slug)
    answers = FaqVersion.objects.for_list(market).filter(faq__drug=found).prefetch_related("faq__topics")
    context = {
        "drug": found,
        "alternates": _addresses("drug", found),
        "noindex": found.is_unlisted,
        "groups": _by_topic(list(answers.order_by("faq__number"))),
        "crumbs": [
            information_crumb(market),
            Crumb(found.category.name, found.category.get_absolute_url()),
            Crumb(found.name),
        ],
    }
    return render(request, "faq/drug.html", context)


@public_page
def sitemap(request: HttpRequest, market: Market) -> HttpResponse:
    """Every public page of the market, for people."""
    drugs = Drug.objects.filter(market=market).answered().select_related("market").prefetch_related(_published_faqs())
    context = {
        "sections": _pages_by_section(market),
        "categories": Category.objects.filter(market=market).with_answers().select_related("market"),
        "drugs": Paginator(drugs, SITEMAP_DRUGS).get_page(request.GET.get("page", "1")),
        "crumbs": [Crumb(_("Sitemap"))],
    }
    return render(request, "faq/sitemap.html", context)


def _drugs_of(category: Category, market: Market) -> list[Drug]:
    return [Drug(market=market, **said) for said in category.some_drugs]


def _addresses(name: str, row: Category | Drug) -> dict[str, str]:
    """Where the same row is in other markets, by their codes; for one fetched with `elsewhere`."""
    return {code: reverse(name, args=[code, row.slug]) for code in row.elsewhere}


def _pages_by_section(market: Market) -> list[tuple[Page, list[Page]]]:
    """Pages that lie under no other, sections first, each with the pages under it, in the staff's order."""
    pages = list(Page.objects.filter(market=market).select_related("market").order_by("order", "title"))
    tops = [(page, [under for under in pages if under.section_id == page.pk]) for page in pages if not page.section_id]
    return sorted(tops, key=lambda top: not top[1])


def _published_faqs() -> Prefetch:
    versions = Prefetch("versions", FaqVersion.objects.published().light())
    return Prefetch("faqs", Faq.objects.answered().select_related("market").prefetch_related(versions))


def _by_topic(answers: list[FaqVersion]) -> list[tuple[str, list[FaqVersion]]]:
    """Answers under their first topic, topics in the staff's order, answers without one last."""
    groups: dict[tuple[int, str], list[FaqVersion]] = {}
    for answer in answers:
        topics = list(answer.faq.topics.all())
        key = (topics[0].order, topics[0].name) if topics else (2**31, "")
        groups.setdefault(key, []).append(answer)
    return [(name, groups[order, name]) for order, name in sorted(groups)]
