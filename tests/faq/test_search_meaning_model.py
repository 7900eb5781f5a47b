"""The sentence model of a process: on, and off for every reason there is."""

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from faq.search.meaning import model, packages, source, vectors
from faq.search.meaning.encoder import Encoder

PROJECT = Path(__file__).resolve().parents[2]
# Python takes a module that is None for one that is not installed.
WITHOUT_PACKAGES = """
import sys
sys.modules |= dict.fromkeys(("numpy", "onnx", "onnxruntime"))
import django
django.setup()
import portal.urls
from django.conf import settings
from faq.search.meaning import model
settings.SEARCH_MEANING = True
assert model.vector("What is the dose?") is None
print(model.state())
"""


@pytest.fixture
def empty(settings, tmp_path):
    """A place where no model was prepared, and search by meaning wanted."""
    settings.VAR = tmp_path
    settings.SEARCH_MEANING = True
    source.prepared(tmp_path).parent.mkdir()
    return source.prepared(tmp_path)


def test_near_questions_are_nearer_than_far_ones(meaning):
    asked = model.vector("Can I leave it out of the fridge?")
    near, other, far = model.encode(
        ["How should the pens be stored?", "What is the dose in children?", "Who won the football match?"]
    )
    assert asked @ near > asked @ other + 0.1
    assert asked @ near > asked @ far + 0.1


def test_a_stored_vector_finds_its_text_again(meaning):
    texts = ["Dosage in renal impairment", "Storage at room temperature", "Use in pregnancy"]
    stored = [vectors.pack(vector) for vector in model.encode(texts)]
    assert vectors.cosines(model.vector("Is it safe while pregnant?"), stored).argmax() == 2


def test_it_says_that_it_is_on(meaning):
    assert model.state() == (True, "on: all-MiniLM-L6-v2")


def test_it_makes_a_vector_of_384_dimensions_once(meaning):
    vector = model.vector("What is the dose?")
    assert vector.shape == (source.DIMENSIONS,)
    assert model.vector("What is the dose?") is vector
    assert not vector.flags.writeable


@pytest.mark.parametrize("text", ["", "\x00", "؟ 👍", '\'; DROP TABLE "x" --', "dose " * 2000])
def test_it_makes_a_vector_of_whatever_is_typed(meaning, text):
    assert float(model.vector(text) @ model.vector(text)) == pytest.approx(1, abs=1e-4)


def test_it_is_off_when_switched_off(meaning, settings):
    settings.SEARCH_MEANING = False
    assert model.state() == (False, "off: switched off by SEARCH_MEANING")
    assert model.vector("What is the dose?") is None
    assert model.encode(["What is the dose?"]) is None


def test_it_is_off_until_prepared(empty):
    assert str(model.state()) == "off: not prepared: run manage.py prepare_model"


def test_it_is_off_without_its_packages(empty, monkeypatch):
    monkeypatch.setattr(packages, "missing", lambda: ["onnxruntime"])
    assert str(model.state()) == "off: not installed: onnxruntime"
    empty.write_bytes(b"prepared elsewhere")
    assert str(model.state()) == "off: not installed: onnxruntime"


def test_a_broken_file_switches_it_off_and_is_told_once(empty, caplog):
    empty.write_bytes(b"not a model")
    with caplog.at_level(logging.WARNING, "faq.search.meaning"):
        assert model.vector("What is the dose?") is None
        assert model.encode(["What is the dose?"]) is None
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert model.state().says.startswith("off: cannot be used (")


def test_it_is_tried_again_once_the_file_is_another(empty, monkeypatch):
    empty.write_bytes(b"not a model")
    assert not model.state().is_on
    empty.write_bytes(b"a better one")
    monkeypatch.setattr(model, "Encoder", lambda path: path)
    assert model.state().is_on


@pytest.mark.parametrize("ask", [lambda: model.vector("A new question?"), lambda: model.encode(["A new question?"])])
def test_a_model_that_fails_later_switches_itself_off(meaning, monkeypatch, caplog, ask):
    assert model.state().is_on
    monkeypatch.setattr(model, "_last", model._last)
    with monkeypatch.context() as broken:
        broken.setattr(Encoder, "encode", lambda *_: 1 / 0)
        assert ask() is None
    assert str(model.state()) == "off: cannot be used (ZeroDivisionError: division by zero)"
    assert len(caplog.records) == 1


def test_the_portal_runs_without_the_packages():
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT_PACKAGES], cwd=PROJECT, capture_output=True, text=True, timeout=60
    )
    assert ran.stdout == "off: not installed: numpy, onnxruntime\n", ran.stderr


@pytest.mark.parametrize(
    ("tag", "speaks"), [("en", True), ("en-US", True), ("EN-gb", True), ("de-DE", False), ("enm", False), ("", False)]
)
def test_it_speaks_english_only(tag, speaks):
    assert source.speaks(tag) is speaks
