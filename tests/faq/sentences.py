"""A sentence model small enough for a test, with random weights, and what it should make of a text."""

import json
from math import erf, sqrt
from pathlib import Path

import pytest

numpy = pytest.importorskip("numpy")

SIZE, WIDE, LAYERS, HEADS, PLACES = 128, 256, 2, 4, 32
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "?", "dose", "is", "safe", "the", "what", "##s"]


def make_weights(seed: int = 7) -> dict[str, numpy.ndarray]:
    """Random weights under the names that a published model gives them."""
    generator = numpy.random.default_rng(seed)
    shapes = {
        "embeddings.word_embeddings.weight": (len(VOCABULARY), SIZE),
        "embeddings.position_embeddings.weight": (PLACES, SIZE),
        "embeddings.token_type_embeddings.weight": (2, SIZE),
        "embeddings.LayerNorm.bias": (SIZE,),
    }
    for layer in (f"encoder.layer.{number}" for number in range(LAYERS)):
        for part in ("self.query", "self.key", "self.value", "output.dense"):
            shapes |= {f"{layer}.attention.{part}.weight": (SIZE, SIZE), f"{layer}.attention.{part}.bias": (SIZE,)}
        shapes |= {f"{layer}.intermediate.dense.weight": (WIDE, SIZE), f"{layer}.intermediate.dense.bias": (WIDE,)}
        shapes |= {f"{layer}.output.dense.weight": (SIZE, WIDE), f"{layer}.output.dense.bias": (SIZE,)}
        shapes |= {f"{layer}.{part}LayerNorm.bias": (SIZE,) for part in ("attention.output.", "output.")}
    weights = {name: generator.normal(0, 0.1, shape).astype(numpy.float32) for name, shape in shapes.items()}
    norms = [name for name in weights if name.endswith("LayerNorm.bias")]
    return weights | {name.replace("bias", "weight"): 1 + weights[name] for name in norms}


def write_model(directory: Path, weights: dict[str, numpy.ndarray]) -> Path:
    """Writes weights, vocabulary and configuration as a published model has them; returns `directory`."""
    directory.mkdir(parents=True, exist_ok=True)
    header, start = {}, 0
    for name, values in weights.items():
        header[name] = {"dtype": "F32", "shape": values.shape, "data_offsets": (start, start + values.nbytes)}
        start += values.nbytes
    told = json.dumps(header).encode()
    numbers = b"".join(values.tobytes() for values in weights.values())
    (directory / "model.safetensors").write_bytes(len(told).to_bytes(8, "little") + told + numbers)
    (directory / "vocab.txt").write_text("\n".join(VOCABULARY) + "\n")
    config = {"num_hidden_layers": LAYERS, "num_attention_heads": HEADS, "layer_norm_eps": 1e-12}
    (directory / "config.json").write_text(json.dumps(config))
    return directory


def expected(weights: dict[str, numpy.ndarray], ids: list[int]) -> numpy.ndarray:
    """The unit vector of the tokens `ids`, reckoned plainly and with whole weights."""

    def dense(states, name):
        return states @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]

    def normal(states, name):
        centred = states - states.mean(-1, keepdims=True)
        spread = numpy.sqrt((centred**2).mean(-1, keepdims=True) + 1e-12)
        return centred / spread * weights[f"{name}.weight"] + weights[f"{name}.bias"]

    words = weights["embeddings.word_embeddings.weight"][ids]
    places = weights["embeddings.position_embeddings.weight"][: len(ids)]
    states = normal(words + places + weights["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
    for layer in (f"encoder.layer.{number}" for number in range(LAYERS)):
        query, key, value = (
            _heads(dense(states, f"{layer}.attention.self.{part}")) for part in ("query", "key", "value")
        )
        likeness = numpy.exp(query @ key.transpose(0, 2, 1) / numpy.sqrt(SIZE / HEADS))
        seen = (likeness / likeness.sum(-1, keepdims=True) @ value).transpose(1, 0, 2).reshape(len(ids), SIZE)
        states = normal(states + dense(seen, f"{layer}.attention.output.dense"), f"{layer}.attention.output.LayerNorm")
        wide = _gelu(dense(states, f"{layer}.intermediate.dense"))
        states = normal(states + dense(wide, f"{layer}.output.dense"), f"{layer}.output.LayerNorm")
    mean = states.mean(0)
    return mean / numpy.linalg.norm(mean)


def _heads(states):
    return states.reshape(len(states), HEADS, -1).transpose(1, 0, 2)


def _gelu(values):
    return values * (1 + numpy.vectorize(erf)(values / sqrt(2))) / 2
