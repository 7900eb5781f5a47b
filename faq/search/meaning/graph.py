"""The sentence model as an ONNX graph: a BERT encoder, then the mean over the tokens, made one long.

Layers as in "Attention Is All You Need" (Vaswani et al., 2017), with the normalisation after each block. The graph
takes texts of equal length only, so nothing in it knows of padding.
"""

from typing import Any, NamedTuple

from faq.search.meaning.packages import Vector, Vectors, load, numpy

# The first with Gelu; the representation that came with it, so that older runtimes read the file.
_OPSET, _REPRESENTATION = 20, 9
# The runtime's own operators: among them the product with weights of a byte each.
_OWN = "com.microsoft"
# So many weights share a scale. One scale for all that a matrix is multiplied with is faster, by a tenth for a question
# and a third for a page, but loses six times as much: cosines to the 32-bit model of .994 in the mean, not .999. Its
# sums can overflow on processors without products of bytes.
_BLOCK = 128
_LARGEST, _ZERO = 127, 128
# What is multiplied with the weights becomes bytes too.
_IN_BYTES = 4
IDS, VECTORS = "ids", "vectors"


class Shape(NamedTuple):
    """What the weights alone do not tell."""

    layers: int
    heads: int
    epsilon: float


class _Builder:
    """Collects nodes and constants; every method returns the name of a result."""

    def __init__(self, weights: dict[str, Vectors], shape: Shape) -> None:
        self.onnx, self.weights, self.shape = load("onnx"), weights, shape
        self.nodes: list[Any] = []
        self.constants: dict[str, Any] = {}

    def add(self, kind: str, *inputs: str, name: str = "", **attributes: Any) -> str:
        name = name or f"{kind}_{len(self.nodes)}"
        self.nodes.append(self.onnx.helper.make_node(kind, inputs, [name], name=name, **attributes))
        return name

    def constant(self, name: str, values: Any) -> str:
        self.constants[name] = self.onnx.numpy_helper.from_array(numpy.ascontiguousarray(values), name)
        return name

    def numbers(self, *values: int) -> str:
        return self.constant("_".join(map(str, ("numbers", *values))), numpy.array(values, dtype=numpy.int64))

    def dense(self, of: str, name: str, divisor: float = 1.0) -> str:
        """The product of `of` with the weights called `name`, plus their bias, both divided by `divisor`."""
        weight, bias = (self.weights[f"{name}.{part}"] / numpy.float32(divisor) for part in ("weight", "bias"))
        rows, columns = weight.shape
        numbers, scales = _in_bytes(weight.reshape(rows, -1, _BLOCK))
        inputs = (
            of,
            self.constant(f"{name}.bytes", (numbers + _ZERO).astype(numpy.uint8)),
            self.constant(f"{name}.scales", scales.reshape(-1)),
        )
        layout = {"N": rows, "K": columns, "bits": 8, "block_size": _BLOCK, "accuracy_level": _IN_BYTES}
        product = self.add("MatMulNBits", *inputs, domain=_OWN, **layout)
        return self.add("Add", product, self.constant(f"{name}.bias", bias))

    def normal(self, of: str, name: str) -> str:
        parts = (self.constant(f"{name}.{part}", self.weights[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self.add("LayerNormalization", of, *parts, axis=-1, epsilon=self.shape.epsilon)

    def normal_sum(self, one: str, other: str, name: str) -> str:
        return self.normal(self.add("Add", one, other), name)


def build(weights: dict[str, Vectors], shape: Shape) -> Any:
    """The model of these `weights` as an onnx.ModelProto: token numbers (texts, tokens) in, vectors (texts, size) out.

    Raises KeyError when a weight is missing, ValueError when sizes are no multiple of 128.
    """
    builder = _Builder(weights, shape)
    states = _embedding(builder)
    for layer in range(shape.layers):
        states = _layer(builder, states, f"encoder.layer.{layer}")
    mean = builder.add("ReduceMean", states, builder.numbers(1), keepdims=0)
    length = builder.add("ReduceL2", mean, builder.numbers(-1), keepdims=1)
    builder.add("Div", mean, length, name=VECTORS)
    return _model(builder, weights["embeddings.word_embeddings.weight"].shape[1])


def _embedding(builder: _Builder) -> str:
    numbers, scales = _in_bytes(builder.weights["embeddings.word_embeddings.weight"])
    taken = builder.add("Gather", builder.constant("words.bytes", numbers.astype(numpy.int8)), IDS)
    whole = builder.add("Cast", taken, to=builder.onnx.TensorProto.FLOAT)
    words = builder.add("Mul", whole, builder.add("Gather", builder.constant("words.scales", scales), IDS))
    # There is one kind of text only, so its embedding is part of every place's.
    kind = builder.weights["embeddings.token_type_embeddings.weight"][0]
    places = builder.constant("places", builder.weights["embeddings.position_embeddings.weight"] + kind)
    length = builder.add("Shape", IDS, start=1, end=2)
    here = builder.add("Slice", places, builder.numbers(0), length, builder.numbers(0))
    return builder.normal_sum(words, here, "embeddings.LayerNorm")


def _layer(builder: _Builder, states: str, name: str) -> str:
    mixed = builder.dense(_attention(builder, states, f"{name}.attention.self"), f"{name}.attention.output.dense")
    states = builder.normal_sum(mixed, states, f"{name}.attention.output.LayerNorm")
    wide = builder.add("Gelu", builder.dense(states, f"{name}.intermediate.dense"))
    return builder.normal_sum(builder.dense(wide, f"{name}.output.dense"), states, f"{name}.output.LayerNorm")


def _attention(builder: _Builder, states: str, name: str) -> str:
    size = builder.weights[f"{name}.query.weight"].shape[0] / builder.shape.heads
    # The division of the scores by the root of a head's size, done once here.
    query = _heads(builder, builder.dense(states, f"{name}.query", divisor=size**0.5))
    key, value = (_heads(builder, builder.dense(states, f"{name}.{part}")) for part in ("key", "value"))
    scores = builder.add("MatMul", query, builder.add("Transpose", key, perm=[0, 1, 3, 2]))
    seen = builder.add("MatMul", builder.add("Softmax", scores, axis=-1), value)
    return builder.add("Reshape", builder.add("Transpose", seen, perm=[0, 2, 1, 3]), builder.numbers(0, 0, -1))


def _heads(builder: _Builder, states: str) -> str:
    parts = builder.add("Reshape", states, builder.numbers(0, 0, builder.shape.heads, -1))
    return builder.add("Transpose", parts, perm=[0, 2, 1, 3])


def _in_bytes(values: Vectors) -> tuple[Vectors, Vector]:
    """`values` as whole numbers from -127 to 127, and the scale of each of their rows."""
    scales = numpy.maximum(numpy.abs(values).max(axis=-1, keepdims=True) / numpy.float32(_LARGEST), 1e-9)
    return numpy.rint(values / scales), scales.astype(numpy.float32)


def _model(builder: _Builder, size: int) -> Any:
    helper, kinds = builder.onnx.helper, builder.onnx.TensorProto
    ids = helper.make_tensor_value_info(IDS, kinds.INT64, ["texts", "tokens"])
    vectors = helper.make_tensor_value_info(VECTORS, kinds.FLOAT, ["texts", size])
    graph = helper.make_graph(builder.nodes, "sentence", [ids], [vectors], list(builder.constants.values()))
    languages = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_OWN, 1)]
    return helper.make_model(graph, opset_imports=languages, ir_version=_REPRESENTATION)
