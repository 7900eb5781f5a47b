"""Asks for a drug by a brand name, as physicians do, where the answers speak of its generic name.

Brand names are those that the documents themselves give in brackets after a generic name; a portal holds them as names
of the drug.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.db import transaction

from benchmarks.collection import Question
from benchmarks.loading import Loaded
from faq.models import Drug, DrugName
from faq.search import index

_BRAND = r"([A-Z][a-z]{3,})\s?®?(?=[,;)\s]|$)"


def mined(loaded: Loaded) -> dict[str, str]:
    """Of each drug's key the brand name that documents give first, where no other substance and no drug here has it."""
    text = "\n".join(document.answer for document in loaded.documents)
    # What the documents also write in lower case is a word, and no brand.
    taken = {*" ".join(drug.name for drug in loaded.drugs.values()).casefold().split(), *re.findall("[a-z]{4,}", text)}
    found = {}
    for key, drug in loaded.drugs.items():
        match = re.search(rf"(?i:{re.escape(drug.name)}) \({_BRAND}", text)
        if match and match[1].casefold() not in taken:
            found[key] = match[1]
    bearers = defaultdict(set)
    for key, brand in found.items():
        bearers[brand].add(loaded.drugs[key].name.casefold())
    return {key: brand for key, brand in found.items() if len(bearers[brand]) == 1}


def asked(questions: Sequence[Question], brands: Mapping[str, str], loaded: Loaded) -> list[Question]:
    """The questions that name a drug with a brand by its generic name."""
    return [
        question
        for question in questions
        if question.drug_key in brands and _generic(question, loaded).search(question.text)
    ]


def renamed(questions: Iterable[Question], brands: Mapping[str, str], loaded: Loaded) -> list[Question]:
    """The same questions with the brand in the place of the generic name."""
    return [
        question._replace(text=_generic(question, loaded).sub(brands[question.drug_key], question.text))
        for question in questions
    ]


@contextmanager
def held(brands: Mapping[str, str], loaded: Loaded) -> Iterator[None]:
    """While this lasts, all drugs of these substances have these brand names, as if staff had added them."""
    with transaction.atomic():
        for key, brand in brands.items():
            for drug in Drug.objects.filter(name__iregex=rf"\y{re.escape(loaded.drugs[key].name)}\y"):
                DrugName.objects.get_or_create(drug=drug, name=brand, kind=DrugName.Kind.BRAND)
                index.refresh_drug(drug)
        yield
        transaction.set_rollback(True)


def _generic(question: Question, loaded: Loaded) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(loaded.drugs[question.drug_key].name)}\b", re.IGNORECASE)
