"""Candidates for tests of what is pure in search."""

from faq.search.candidates import Candidate


def make_candidate(number=1, **given):
    """A candidate whose fields of tokens are given as words: `question="store tablet"`."""
    fields = {
        name: f" {given.pop(name, '')} " for name in ("names", "phrasings", "question", "topics", "answer", "body")
    }
    facts = {
        "faq": number,
        "version": number,
        "number": number,
        "label_status": "on-label",
        "drug": 1,
        "drug_slug": "corvadune",
        "drug_name": "Corvadune",
        "category_slug": "blood",
        "category_name": "Blood",
        "filed": (),
        "vector": None,
        "is_in_scope": False,
    }
    return Candidate(**facts | fields | given)
