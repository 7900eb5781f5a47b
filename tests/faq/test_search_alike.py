"""Whether two questions mean the same: the examples of benchmarks/alike.py, and the rules one by one."""

import pytest

from benchmarks.alike import PAIRS
from faq.search import alike, grouping, lexicon
from faq.search.meaning import model
from faq.search.synonyms import Meaning
from tests.factories import make_market

# Of those pairs that mean the same, so many are found by words alone, and with the sentence model.
BY_WORDS = {"en": 10, "de": 12}
WITH_MEANING = 19


def together(language, pairs, *, with_meaning=False):
    """Those of `pairs` that would stand together, with the words that staff explain to begin with."""
    meanings = grouping.meanings(make_market(), language)
    knows = (lambda word: lexicon.is_everyday(word, language)) if with_meaning else None
    found = []
    for pair in pairs:
        one, other = (alike.read(text, language, meanings=meanings, is_everyday=knows) for text in pair)
        spoken = model.encode([one.text, other.text]) if with_meaning else None
        cosine = None if spoken is None else float(spoken[0] @ spoken[1])
        found += [pair] if alike.nearness(one, other, cosine) else []
    return found


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "is_same", "pairs"), PAIRS)
def test_words_put_nothing_together_that_is_different(language, is_same, pairs):
    found = together(language, pairs)
    assert len(found) >= BY_WORDS[language] if is_same else found == []


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "is_same", "pairs"), PAIRS[:2])
def test_meaning_finds_more_and_puts_nothing_together_that_is_different(meaning, language, is_same, pairs):
    found = together(language, pairs, with_meaning=True)
    assert len(found) >= WITH_MEANING if is_same else found == []


def read(text, **changes):
    return alike.read(text, "en", **changes)


def test_it_is_the_same_from_either_side():
    for _, _, pairs in PAIRS:
        for one, other in pairs:
            there, back = alike.share(read(one), read(other)), alike.share(read(other), read(one))
            assert there == pytest.approx(back)


def test_the_name_of_the_medicine_says_nothing():
    named = read("Does Corvadune XR glow?", called={"corvadune", "corvadune xr"})
    assert named.text == "does it glow"
    assert alike.nearness(named, read("does it glow"), None) == (1.0, True)


def test_a_question_that_is_a_name_alone_is_like_its_kind_only():
    bare = read("Corvadune", called={"corvadune"})
    assert alike.nearness(bare, read("corvadune?", called={"corvadune"}), None) == (1.0, True)
    assert alike.nearness(bare, read("does it glow"), None) is None


def test_of_two_names_that_overlap_the_longest_counts():
    assert alike.names_in(["is", "corva", "plus", "like", "corva"], {"corva", "corva plus"}) == ["corva plus", "corva"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("is 5 mg enough", "is 10 mg enough"),
        ("HER2 positive tumours", "HER2 negative tumours"),
        ("dose with warfarin", "dose with apixaban"),
        ("survival in lung cancer", "survival in breast cancer"),
    ],
)
def test_what_names_different_things_is_apart_however_near_it_is(one, other):
    everyday = {"mg", "enough", "dose", "survival", "cancer"}
    pair = [read(text, is_everyday=lambda word: word in everyday) for text in (one, other)]
    assert alike.nearness(*pair, 0.99) is None


def test_a_slip_in_a_strange_word_is_no_other_word():
    pair = [read(text, is_everyday=lambda word: word == "with") for text in ("warfarin with", "warfarrin with")]
    assert alike.nearness(*pair, 0.9) == (0.9, False)


@pytest.mark.parametrize(("cosine", "found"), [(None, None), (0.61, None), (0.62, 0.62), (0.8, 0.8)])
def test_half_the_words_need_meaning_beside_them(cosine, found):
    pair = read("drink grapefruit juice"), read("grapefruit juice interaction")
    assert alike.share(*pair) == pytest.approx(2 / 3)
    assert (alike.nearness(*pair, cosine) or (None,))[0] == found


def test_staff_teach_it_that_words_say_the_same():
    pair = "in the fridge", "storage"
    assert alike.nearness(*map(read, pair), None) is None
    meanings = [Meaning("fridge", "storage", is_intent=True)]
    assert alike.nearness(*(read(text, meanings=meanings) for text in pair), None) == (pytest.approx(0.8), True)
