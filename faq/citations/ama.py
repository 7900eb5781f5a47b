"""References in the style of the AMA Manual of Style, 11th edition (chapter 3), from CSL-JSON."""

import re
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import quote

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from faq.citations import csl, dates, markup, names
from faq.citations.csl import Csl, field, value

# An item is laid out as groups of words; each but the last (DOI or URL) ends with a period.
Layout = Callable[[Csl], list[str]]

_JOURNAL_NAMES = ("container-title-short", "journalAbbreviation", "container-title")
_CLOSING_QUOTES = "\"'”’»"
_PRESENTED = frozenset({"abstract", "paper", "poster", "slides"})


class Link(NamedTuple):
    """A place where a reader can look a reference up."""

    label: str
    url: str


def reference(item: Csl) -> SafeString:
    """The reference as HTML, without its number; fields that are missing or malformed are left out."""
    layout = _LAYOUTS.get(field(item, "type"), _other)
    groups = [_stopped(group) for group in layout(item) if group]
    return format_html_join(" ", "{}", ((group,) for group in [*groups, *_location(item)]))


def links(item: Csl) -> list[Link]:
    """DOI, PubMed and trial registry; the item's own URL where neither of the first two is known."""
    found = []
    if doi := csl.doi(item):
        found.append(Link("DOI", f"https://doi.org/{quote(doi, safe='/:;().,-_')}"))
    if pmid := csl.pmid(item):
        found.append(Link("PubMed", f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"))
    own = csl.url(item)
    if not found and own and not (csl.registry_number(item) and csl.host(own) == csl.REGISTRY_HOST):
        found.append(Link(_label(item), own))
    if number := csl.registry_number(item):
        found.append(Link(csl.REGISTRY, f"https://clinicaltrials.gov/study/{number}"))
    return found


def _label(item: Csl) -> str:
    kind = field(item, "type")
    if kind == "speech":
        return "Poster" if field(item, "genre").lower().startswith("poster") else "Presentation"
    return "Web page" if kind == "webpage" else "Full text"


def _location(item: Csl) -> list[str]:
    """The DOI, which makes an access date needless, or else the URL with the date it was read."""
    if doi := csl.doi(item):
        return [f"doi:{doi}"]
    url = csl.url(item)
    accessed = dates.written(value(item, "accessed"))
    return [f"Accessed {accessed}.", url] if url and accessed else [url] if url else []


def _journal(item: Csl) -> list[str]:
    journal = next(filter(None, (field(item, name) for name in _JOURNAL_NAMES)), "")
    return [_authors(item), _title(item), _italic(journal), _issue(item)]


def _issue(item: Csl) -> str:
    """Year;volume(issue):pages, or the day of online publication while there is no volume yet."""
    issue = field(item, "issue")
    volume = field(item, "volume") + (f"({issue})" if issue else "")
    pages = _pages(item)
    if not volume and not pages:
        issued = dates.written(value(item, "issued"))
        return f"Published online {issued}" if issued else ""
    return _with_pages(";".join(filter(None, [_year(item), volume])), pages)


def _presentation(item: Csl) -> list[str]:
    event = field(item, "event-title") or field(item, "event")
    held = dates.written(value(item, "event-date")) or dates.written(value(item, "issued"))
    place = "; ".join(filter(None, [event, held, field(item, "event-place")]))
    opening = _presented(item) + (" at:" if event else "")
    return [_authors(item), _title(item), f"{opening} {place}".strip()]


def _presented(item: Csl) -> str:
    """ "Poster presented", "Oral presentation" or just "Presented", with the abstract's number if known."""
    number = _number(item)
    usual = "Paper" if field(item, "type") == "paper-conference" else "Abstract" if number else ""
    genre = field(item, "genre") or usual
    short = re.sub(r" presentation$", "", genre, flags=re.IGNORECASE)
    # "Oral presentation presented at" would say it twice; "Poster presented at" is AMA's own form.
    is_object = short == genre or short.lower() in _PRESENTED
    words = [short, number, "presented"] if is_object else [genre, number]
    opening = " ".join(filter(None, words))
    return opening[:1].upper() + opening[1:]


def _conference_paper(item: Csl) -> list[str]:
    """A paper in a journal, in a volume of proceedings, or only presented."""
    if field(item, "volume"):
        return _journal(item)
    return _chapter(item) if field(item, "container-title") else _presentation(item)


def _web_page(item: Csl) -> list[str]:
    if csl.is_registry_entry(item):
        return _registry_entry(item)
    site = field(item, "container-title")
    author = _authors(item)
    issued = dates.written(value(item, "issued"))
    return [author, _title(item), "" if site == author else site, issued]


def _registry_entry(item: Csl) -> list[str]:
    registry = field(item, "container-title") or csl.REGISTRY
    number = csl.registry_number(item) or field(item, "number")
    updated = dates.written(value(item, "issued"))
    identifier = f"{registry} identifier: {number}" if number else registry
    return [_authors(item), _title(item), identifier, f"Updated {updated}" if updated else ""]


def _book(item: Csl) -> list[str]:
    title = _italic(field(item, "title"))
    return [_authors(item) or _editors(item), title, _volume(item), _edition(item), _imprint(item)]


def _chapter(item: Csl) -> list[str]:
    book = _italic(field(item, "container-title"))
    editors = _editors(item)
    source = format_html("In: {} {}", _stopped(editors), book) if editors else format_html("In: {}", book)
    imprint = _with_pages(_imprint(item), _pages(item))
    return [_authors(item), _title(item), source if book else "", _volume(item), _edition(item), imprint]


def _report(item: Csl) -> list[str]:
    number = field(item, "number")
    series = field(item, "collection-title")
    if series and (place := field(item, "collection-number")):
        series = f"{series} {place}"
    name = " ".join(filter(None, [field(item, "genre") or "Report", number])) if number else ""
    return [_authors(item), _italic(field(item, "title")), series, _imprint(item), name]


def _document(item: Csl) -> list[str]:
    """A package insert, data on file or the like: what it is, then whose it is and of which year."""
    genre = field(item, "genre")
    authors = _authors(item)
    company = field(item, "publisher") or (authors if names.groups_only(value(item, "author")) else "")
    title = "" if csl.title(item).lower() == genre.lower() else _title(item)
    return ["" if authors == company else authors, title, genre, _publication(company, _year(item))]


def _other(item: Csl) -> list[str]:
    source = _italic(field(item, "container-title"))
    return [_authors(item), _title(item), source, _imprint(item)]


_LAYOUTS: dict[str, Layout] = {
    "article-journal": _journal,
    "speech": _presentation,
    "paper-conference": _conference_paper,
    "webpage": _web_page,
    "book": _book,
    "chapter": _chapter,
    "report": _report,
    "document": _document,
}


def _authors(item: Csl) -> str:
    return names.written(value(item, "author"))


def _editors(item: Csl) -> str:
    editors = value(item, "editor")
    role = "ed" if names.count(editors) == 1 else "eds"
    return f"{names.written(editors)}, {role}" if names.count(editors) else ""


def _title(item: Csl) -> SafeString:
    return markup.html(field(item, "title"))


def _italic(title: str) -> SafeString:
    return format_html("<em>{}</em>", markup.html(title)) if title else SafeString("")


def _volume(item: Csl) -> str:
    volume = field(item, "volume")
    return f"Vol {volume}" if volume else ""


def _edition(item: Csl) -> str:
    """ "2nd ed"; nothing for a first edition, and words as they were entered."""
    edition = field(item, "edition")
    if not edition.isdecimal() or len(edition) > 3:
        return edition if not edition or edition.rstrip(".").endswith("ed") else f"{edition} ed"
    number = int(edition)
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending} ed" if number > 1 else ""


def _imprint(item: Csl) -> str:
    """Publisher; year. The 11th edition no longer names the publisher's place."""
    return _publication(field(item, "publisher"), _year(item))


def _publication(publisher: str, year: str) -> str:
    return "; ".join(filter(None, [publisher, year]))


def _year(item: Csl) -> str:
    return str(csl.year(item) or "")


def _pages(item: Csl) -> str:
    """Pages or the e-locator as given, with the hyphen that AMA uses in references."""
    return (field(item, "page") or _number(item)).replace("–", "-")


def _number(item: Csl) -> str:
    """The item's own number, such as an abstract's; a trial's number is a link and not that."""
    number = field(item, "number")
    return "" if number.upper().startswith("NCT") else number


def _with_pages(publication: str, pages: str) -> str:
    return ":".join(filter(None, [publication, pages]))


def _stopped(group: str) -> SafeString:
    """A group of words with its period, unless it ends in one or in a question or exclamation mark."""
    safe = conditional_escape(group)
    ended = markup.text(safe).rstrip(_CLOSING_QUOTES).endswith((".", "?", "!"))
    return safe if ended else format_html("{}.", safe)
