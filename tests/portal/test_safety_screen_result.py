"""What a result of the safety screen is made of, and what it costs."""

import os
import subprocess
import sys
import time

import pytest

from portal.safety.screen import Level, screen

CASE = "Good page. A 60-year-old man developed a rash after starting amlodipine. Thank you."


def test_each_cause_names_the_words_where_they_stand():
    result = screen(CASE, "en")
    assert result.causes
    assert all(CASE[cause.start : cause.end] == cause.words for cause in result.causes)
    rash = next(cause for cause in result.causes if cause.category == "symptom")
    assert (rash.words, rash.rule) == ("rash", "symptom: rash")
    assert rash.sentence == "A 60-year-old man developed a rash after starting amlodipine."


def test_it_says_what_each_fact_added_and_took_away():
    points = {point.fact: point.points for point in screen("Which rashes are known with amlodipine?", "en").points}
    assert points["medicine"] > 0 > points["asked"]


def test_a_slip_is_named():
    causes = screen("I have diarhea since Monday", "en").causes
    assert any("as misspelt" in cause.rule for cause in causes)


def test_the_name_of_a_product_is_a_sign_of_exposure():
    text = "Necrosis of the skin and use of Brelmunda for months"
    named, unnamed = screen(text, "en", ["Brelmunda", "Other Name XR"]), screen(text, "en")
    assert named.score > unnamed.score
    assert "product: brelmunda" in {cause.rule for cause in named.causes}
    assert screen("Rash on Other-Name XR", "en", ["Other Name XR"]).score > screen("Rash on Other-Name XR", "en").score


def test_a_report_left_with_a_medicine_need_not_name_one():
    text = (
        "The second of these three cases had been complicated by a perforation of the sigmoid colon, which was closed."
    )
    assert screen(text, "en").level is Level.UNLIKELY
    assert screen(text, "en", about_product=True).score > screen(text, "en").score


def test_who_took_what_may_stand_in_the_next_sentence():
    assert (
        screen("Started the new tablets on Monday. Skin is all red. So is my wife's.", "en").level is not Level.UNLIKELY
    )


@pytest.mark.parametrize("tag", ["de", "de-AT", "DE-ch", "en", "fr-FR"])
def test_each_sentence_is_read_in_its_own_language(tag):
    assert screen("Seit der Spritze habe ich Atemnot.", tag).level is not Level.UNLIKELY
    assert screen("I have had trouble breathing since the injection.", tag).level is not Level.UNLIKELY


@pytest.mark.parametrize(
    "text", ["我吃了药以后恶心", "Меня тошнит после таблетки", "J'ai vomi hier soir avec ce produit", "x" * 500]
)
def test_what_it_cannot_read_waits_for_a_person(text):
    assert screen(text, "en").level is Level.POSSIBLE


@pytest.mark.parametrize("text", ["", "   \n\t", "!!!", "👍👍", "ok", "\x00", "…", "'"])
def test_it_has_nothing_to_say_of_nothing(text):
    result = screen(text, "en")
    assert (result.score, result.level, result.causes, result.points) == (0, Level.UNLIKELY, (), ())


def test_the_end_of_a_long_text_is_read_too():
    text = "The table of results is clear and well made. " * 4000 + "My father died after the injection."
    result = screen(text, "en")
    assert result.level is Level.LIKELY
    assert result.mentions_death


def test_the_middle_of_a_sentence_without_end_is_read_too():
    text = "and table " * 300 + "my father died after the injection " + "and table " * 300
    assert screen(text, "en").mentions_death


def test_it_lists_a_hundred_causes_and_counts_the_rest():
    result = screen("I vomited after the tablet. " * 300, "en")
    assert len(result.causes) == 100
    assert result.unlisted >= 200


@pytest.mark.parametrize(
    "piece",
    [
        "I have nausea after the tablet. ",
        "nausea no ",
        "x\n",
        " ",
        ".\"' ",
        "a'",
        "e\u0301",
        "induced by ",
        "zqxjvwk ",
        "a" * 99,
    ],
)
def test_twice_the_text_takes_no_more_than_about_twice_the_time(piece):
    def took(size: int) -> float:
        text = (piece * (size // len(piece) + 1))[:size]
        began = time.process_time()
        screen(text, "en")
        return time.process_time() - began

    took(20_000)
    short, long = took(20_000), took(80_000)
    assert long < 12 * short + 0.1


def test_it_says_the_same_in_every_process():
    code = f"from portal.safety.screen import screen; print(screen({CASE!r}, 'en'))"
    said = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1
