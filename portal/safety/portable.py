"""What of safety travels with a market: nothing."""

from portal.lib.portable import Table

TABLES: tuple[Table, ...] = ()
LEFT_OUT = {
    "safety.safetyflag": "says of what visitors wrote here what became of it, and waits for people here",
    "safety.safetyevent": "the history of a flag, which stays where the flag is",
}
