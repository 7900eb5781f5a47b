"""The key under which a new reference is cited: jhaveri-2025."""

from collections.abc import Container

from faq.citations import csl, likeness, names

# Room in the column of 80 for a year and for what tells it from others.
_LONGEST = 60


def proposed(item: object, taken: Container[str]) -> str:
    """A key that is not in `taken`: the first author, or else the source's own words, and the year."""
    told = names.first(csl.value(item, "author")) or csl.registry_number(item) or csl.field(item, "publisher")
    stem = _slug(told) or _slug(" ".join(csl.title(item).split()[:4])) or "source"
    whole = "-".join(filter(None, [stem, str(csl.year(item) or "")]))
    candidate, count = whole, 1
    while candidate in taken:
        count += 1
        candidate = f"{whole}-{count}"
    return candidate


def _slug(text: str) -> str:
    ascii_words = likeness.folded(text).encode("ascii", "ignore").decode().split()
    return "-".join(ascii_words)[:_LONGEST].strip("-")
