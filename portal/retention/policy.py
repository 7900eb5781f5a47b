"""The policy of retention as it stands in policy.toml. Pure: reads the file, and says what is wrong with it."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

_FILE = Path(__file__).with_name("policy.toml")
ROW = "row"


class Kind(NamedTuple):
    """One kind of record: how long it is kept, why, and what ends then.

    `days` is None where the market's field `market_field` says how long. `least` and `most` bound what a market may
    choose; where they are None, nobody chooses. `ends` has for each model the fields that are emptied, or ROW.
    """

    key: str
    name: str
    why: str
    days: int | None
    market_field: str
    least: int | None
    most: int | None
    ends: Mapping[str, list[str] | str]

    @property
    def is_chosen(self) -> bool:
        """Whether a market may keep it for another time."""
        return self.least is not None


class Policy(NamedTuple):
    """All kinds by their key, and the models whose rows stay, each with the reason."""

    kinds: Mapping[str, Kind]
    kept: Mapping[str, str]

    def models(self) -> set[str]:
        """The labels of all models that the policy speaks of."""
        return {label for kind in self.kinds.values() for label in kind.ends} | set(self.kept)


@cache
def policy() -> Policy:
    """The policy of this portal."""
    return read(_FILE.read_text())


def read(text: str) -> Policy:
    """The policy in `text`; raises ValueError, or KeyError where a kind lacks something."""
    data = tomllib.loads(text)
    kinds = {key: _kind(key, told) for key, told in data["kinds"].items()}
    return Policy(kinds, data["kept"])


def problems(told: Policy) -> list[str]:
    """What is wrong with a policy in itself, in sentences."""
    found = []
    for kind in told.kinds.values():
        if (kind.days is None) == (not kind.market_field):
            found.append(f"{kind.key}: either days or a field of the market says how long.")
        if (kind.least is None) != (kind.most is None):
            found.append(f"{kind.key}: what a market may choose has two bounds.")
        if kind.least is not None and not kind.least <= (kind.days or 0) <= (kind.most or 0):
            found.append(f"{kind.key}: its days lie outside of its bounds.")
        if not (kind.name and kind.why and kind.ends):
            found.append(f"{kind.key}: it has a name, a reason, and something that ends.")
        found += [f"{label} is kept, and ends with {kind.key}." for label in kind.ends if label in told.kept]
    return found


def _kind(key: str, told: Mapping[str, Any]) -> Kind:
    return Kind(
        key,
        told["name"],
        told["why"],
        told.get("days"),
        told.get("market_field", ""),
        told.get("least"),
        told.get("most"),
        told["ends"],
    )
