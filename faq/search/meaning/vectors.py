"""Vectors as they are stored: a byte for each dimension, or a bit. Needs numpy; call where the model is on."""

from collections.abc import Sequence

from faq.search.meaning.packages import Vector, Vectors, numpy

_LARGEST = 127


def pack(vector: Vector) -> bytes:
    """`vector` in a byte for each dimension, scaled to its largest component: only the direction is kept."""
    largest = max(float(numpy.abs(vector).max()), 1e-9)
    packed: bytes = numpy.rint(vector * (_LARGEST / largest)).astype(numpy.int8).tobytes()
    return packed


def unpack(packed: bytes) -> Vector:
    """The unit vector that `pack` made `packed` of, to a cosine of .9998 or nearer."""
    rows = unpack_all([packed])
    return rows.reshape(-1)


def unpack_all(packed: Sequence[bytes]) -> Vectors:
    """The unit vectors of several packed ones of equal length, one in each row."""
    rows = numpy.frombuffer(b"".join(packed), dtype=numpy.int8).reshape(len(packed), -1).astype(numpy.float32)
    lengths = numpy.linalg.norm(rows, axis=1, keepdims=True)
    units: Vectors = rows / numpy.maximum(lengths, 1e-9)
    return units


def cosines(vector: Vector, packed: Sequence[bytes]) -> Vector:
    """How near each packed vector is to the unit vector `vector`: 1 for the same direction, 0 for none in common."""
    if not packed:
        return numpy.zeros(0, dtype=numpy.float32)
    return unpack_all(packed) @ vector


def bits(vector: Vector) -> str:
    """The signs of `vector` as a PostgreSQL bit string, "1" for above zero; few differing bits tell near vectors."""
    return "".join("1" if above else "0" for above in (vector > 0).tolist())
