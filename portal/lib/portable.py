"""The words in which an app says which of its rows travel with a market, and which stay behind and why. Pure data."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, eq=False)
class Table:
    """How the rows of one model lie in the folder of a market.

    Every field of the model is carried but those of `left_out`, the market, and the parent; so one that is added later
    is carried too.
    """

    model: str
    # With a placeholder a file for each row, without one a file that lists all rows; "" where rows lie in their parent.
    file: str = ""
    # The foreign key by which a row lies in another row's folder or file, and the word under which it does.
    parent: str = ""
    name: str = ""
    # A file of this name beside the parent's holds the rows, instead of the parent's own.
    beside: str = ""
    # By what other rows name one of these, or by what two databases know the same row.
    key: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    # Texts in files of their own, counted from the folder of the row's file.
    apart: Mapping[str, str] = field(default_factory=dict)
    # Each with the reason.
    left_out: Mapping[str, str] = field(default_factory=dict)
    # A row that has one carried field stands there as that value alone.
    flat: bool = False
    # Fields that are written after everything else: what happened to a row once others had used it.
    last: tuple[str, ...] = ()
    # The state of a version in which its rows of this kind are written.
    state: str = "draft"
    # Rows that are no market's own: the database may hold them before a market comes, and they stay as they are there.
    shared: bool = False
