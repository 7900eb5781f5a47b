"""A version as visitors will see it, or saw it, before and after they do."""

from faq.previewing.page import Around, document, page, parts
from faq.previewing.shown import Shown, citations, fetch, shown

__all__ = ["Around", "Shown", "citations", "document", "fetch", "page", "parts", "shown"]
