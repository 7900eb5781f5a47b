"""Plain values as YAML and texts as lines, and back: the same values give the same bytes. Pure."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Any

import yaml

_DEPTH = 20
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_WORDS: dict[str, bool | None] = {"null": None, "true": True, "false": False}
FOLDED = "<!-- Line breaks are no part of this text. -->\n"
VERBATIM = "<!-- As it stands. -->\n"
_ENDS = re.compile(
    r"(</(?:p|h[1-6]|li|ul|ol|tr|table|caption|thead|tbody|tfoot|blockquote|figure)>|<(?:ul|ol|table|thead|tbody|tr)\b[^>]*>)(?=.)"
    r"|(?<=[^\W\d_][.!?])((?:<sup\b.*?</sup>|<cite [^>]*></cite>)*)(?= [A-ZÄÖÜ])"
)


class Unreadable(ValueError):
    """A file that does not hold what it should; the message says why."""


class _Dumper(yaml.CSafeDumper):
    """YAML as people read it: keys in the order of the model, texts of several lines as blocks, never an alias."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


def _text(dumper: Any, text: str) -> Any:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


def _time(dumper: Any, moment: datetime) -> Any:
    stamp = moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return dumper.represent_scalar("tag:yaml.org,2002:timestamp", stamp)


def _hour(dumper: Any, moment: time) -> Any:
    # In quotes, for YAML takes some times for numbers to the base of sixty.
    return dumper.represent_scalar("tag:yaml.org,2002:str", moment.isoformat(), style="'")


_Dumper.add_representer(str, _text)
_Dumper.add_representer(time, _hour)
_Dumper.add_representer(datetime, _time)


def dump(value: Any) -> bytes:
    """`value` as YAML."""
    written = yaml.dump(
        value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10**6, default_flow_style=False
    )
    return str(written).encode()


def dump_json(value: Any) -> bytes:
    """`value` as JSON, a field on each line."""
    return (json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def load(content: bytes) -> Any:
    """The values of a YAML document. Raises Unreadable.

    Built from the parser's events, so that nothing recurses, no tag makes an object, and no alias makes much of little.
    """
    try:
        return _value(iter(yaml.parse(decoded(content), Loader=yaml.CSafeLoader)))
    except yaml.YAMLError as error:
        raise Unreadable(f"no YAML: {' '.join(str(error).split())}") from error


def decoded(content: bytes) -> str:
    """The text of a file. Raises Unreadable."""
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise Unreadable(f"not UTF-8: byte {content[error.start]:#04x} at position {error.start + 1}") from error


def load_json(content: bytes) -> Any:
    """The value of a JSON document. Raises Unreadable."""
    try:
        return json.loads(decoded(content), object_pairs_hook=_object, parse_constant=_refuse_constant)
    except (json.JSONDecodeError, RecursionError) as error:
        raise Unreadable(f"no JSON: {error}") from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        _put(found, key, value)
    return found


def _refuse_constant(name: str) -> None:
    raise Unreadable(f"no JSON: {name} is no number")


def _put(where: dict[str, Any], key: Any, value: Any) -> None:
    if not isinstance(key, str) or key in where:
        raise Unreadable(f"the key {key!r} stands there twice" if key in where else f"the key {key!r} is no text")
    where[key] = value


class _Open:
    """A list or an object that is being read."""

    def __init__(self, into: Any) -> None:
        self.into = into
        self._key: Any = self

    def take(self, value: Any) -> None:
        if isinstance(self.into, list):
            self.into.append(value)
        elif self._key is self:
            if not isinstance(value, str):
                raise Unreadable("a key is no text")
            self._key = value
        else:
            _put(self.into, self._key, value)
            self._key = self


def _value(events: Iterator[Any]) -> Any:
    root: list[Any] = []
    open_ones = [_Open(root)]
    for event in events:
        _refuse_tricks(event)
        if isinstance(event, yaml.ScalarEvent):
            open_ones[-1].take(_scalar(event))
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(open_ones) > _DEPTH:
                raise Unreadable("nested too deeply")
            open_ones.append(_Open({} if isinstance(event, yaml.MappingStartEvent) else []))
        elif isinstance(event, yaml.CollectionEndEvent):
            done = open_ones.pop()
            open_ones[-1].take(done.into)
    if len(root) != 1:
        raise Unreadable("not one document")
    return root[0]


def _refuse_tricks(event: Any) -> None:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise Unreadable("anchors and aliases are not read")
    if getattr(event, "tag", None):
        raise Unreadable(f"the tag {event.tag} is not read")


def _scalar(event: Any) -> Any:
    if event.style:
        return event.value
    if event.value in _WORDS:
        return _WORDS[event.value]
    return int(event.value) if _NUMBER.fullmatch(event.value) else event.value


def fold(text: str) -> bytes:
    """A text as a file: a block or a sentence to a line where the text itself has no line breaks, else as it stands."""
    if "\n" in text or "\r" in text:
        begins = VERBATIM if text.startswith("<!-- ") else ""
        return f"{begins}{text}\n".encode()
    return f"{FOLDED}{_ENDS.sub(lambda match: match[0] + chr(10), text)}\n".encode()


def unfold(content: bytes) -> str:
    """The text that `fold` made `content` of. Raises Unreadable."""
    text = decoded(content)
    if not text.endswith("\n"):
        raise Unreadable("the last line does not end")
    if text.startswith(FOLDED):
        return text.removeprefix(FOLDED).replace("\n", "")
    return text.removeprefix(VERBATIM)[:-1]
