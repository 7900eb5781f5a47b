"""What of the policy of retention travels with a market."""

from portal.lib.portable import Table

TABLES = (Table("retention.retentionperiod", parent="market", name="retention_periods", order=("kind",)),)
LEFT_OUT: dict[str, str] = {}
