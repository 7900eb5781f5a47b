"""Who did what, when, from what to what and why: a chained record that nobody changes (docs/decisions/0014).

The database writes it: each app attaches its tables in its own migrations with `Watch`. `acting` says who acts and
why, `acted` that whoever a verb names does, and `note` records what changes no row, such as an export.
"""

from portal.audit.recording import acted, acting, note
from portal.audit.watching import Watch

__all__ = ["Watch", "acted", "acting", "note"]
