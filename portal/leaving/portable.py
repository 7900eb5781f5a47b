"""What of the way out of a market travels with it."""

from portal.lib.portable import Table

TABLES = (
    Table("leaving.externalsite", file="sites.yaml", key=("host",), order=("host",), shared=True),
    Table("leaving.leavingnotice", file="leaving.yaml", key=("site",), order=("site",)),
)
LEFT_OUT: dict[str, str] = {}
