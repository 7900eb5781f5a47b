"""Vectors as they are stored."""

import pytest

from faq.search.meaning import vectors

numpy = pytest.importorskip("numpy")


def make_vectors(count):
    found = numpy.random.default_rng(11).normal(size=(count, 384)).astype(numpy.float32)
    return found / numpy.linalg.norm(found, axis=1, keepdims=True)


def test_it_packs_a_vector_into_a_byte_for_each_dimension():
    for vector in make_vectors(100):
        packed = vectors.pack(vector)
        assert len(packed) == 384
        assert vectors.unpack(packed) @ vector > 0.9999


def test_it_packs_a_vector_of_nothing():
    nothing = numpy.zeros(384, dtype=numpy.float32)
    assert (vectors.unpack(vectors.pack(nothing)) == nothing).all()


def test_it_tells_how_near_packed_vectors_are():
    one, *others = make_vectors(20)
    found = vectors.cosines(one, [vectors.pack(vector) for vector in (one, -one, *others)])
    assert found[:2] == pytest.approx([1, -1], abs=1e-3)
    assert found[2:] == pytest.approx(numpy.array(others) @ one, abs=5e-3)


def test_it_compares_with_nothing():
    assert vectors.cosines(make_vectors(1)[0], []).tolist() == []


@pytest.mark.parametrize(("vector", "bits"), [([0.5, -0.5, 0.0, 0.1], "1001"), ([], "")])
def test_it_writes_the_signs_as_bits(vector, bits):
    assert vectors.bits(numpy.array(vector, dtype=numpy.float32)) == bits
