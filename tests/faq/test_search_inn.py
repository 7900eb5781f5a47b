"""Names of medicines that are not the company's own."""

import pytest

from faq.search import inn

NAMES = (
    "metformin enoxaparin liraglutide liraglutid pembrolizumab aspirin ibuprofen tamoxifen rivaroxaban morphine"
    " omeprazol prednisolone amoxicillin insulin amlodipin furosemide"
)
WORDS = (
    "storage magazine april concept cholesterol performing cystatin harlequin dose vaccine histidine spartan unison"
    " dosierung schwangerschaft nebenwirkung 2107 tablet ghrelin"
)


@pytest.mark.parametrize("name", NAMES.split())
def test_it_knows_names_by_their_stems_in_either_spelling(name):
    assert inn.is_one(name)


@pytest.mark.parametrize("word", WORDS.split())
def test_it_takes_no_other_word_for_a_name(word):
    assert not inn.is_one(word)
