"""The packages of the optional extra `meaning`, imported here alone: without them the portal searches by words."""

import importlib
import importlib.util
from typing import TYPE_CHECKING, Any

__all__ = ["NEEDED", "NEEDED_TO_CONVERT", "Vector", "Vectors", "load", "missing", "numpy"]

NEEDED = ("numpy", "onnxruntime")
# Only to convert the weights, not to use the result.
NEEDED_TO_CONVERT = (*NEEDED, "onnx")

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Vector = NDArray[numpy.float32]
    Vectors = NDArray[numpy.float32]
else:
    Vector = Vectors = Any
    try:
        import numpy
    # On a processor older than its build demands, numpy raises a RuntimeError.
    except (ImportError, RuntimeError):
        numpy = None


def missing(needed: tuple[str, ...] = NEEDED) -> list[str]:
    """Those of the packages `needed` that cannot be found."""
    return [name for name in needed if importlib.util.find_spec(name) is None]


def load(name: str) -> Any:
    """The module `name`, which is imported only when the model is used: it costs a tenth of a second and 50 MB."""
    return importlib.import_module(name)
