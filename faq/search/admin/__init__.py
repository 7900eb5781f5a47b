"""What staff learn from searches, and what they add to search: one module per kind of row."""

from faq.search.admin import abbreviation, entry, gap, landing, log, rebuild, synonym, words

__all__ = ["abbreviation", "entry", "gap", "landing", "log", "rebuild", "synonym", "words"]
