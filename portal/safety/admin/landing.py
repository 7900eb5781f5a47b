"""What of safety stands on the first page of the admin."""

from portal.lib.landing import Entry, add, shelve
from portal.safety import kinds
from portal.safety.models import SafetyFlag

LIST = "safety_safetyflag_changelist"
VIEW = "safety.view_safetyflag"

OVERDUE = Entry(
    "Overdue safety flags",
    VIEW,
    lambda person: kinds.flags_for(person).overdue(),
    LIST,
    {"clock": "overdue"},
    is_pressing=True,
)
RAISED = Entry(
    "Safety flags raised", VIEW, lambda person: kinds.flags_for(person).running(), LIST, {"clock": "running"}
)
UNRAISED = Entry(
    "Texts to read, not raised", VIEW, lambda person: kinds.flags_for(person).unraised(), LIST, {"clock": "none"}
)

add(
    "Safety",
    5,
    [OVERDUE, RAISED, UNRAISED],
    more=("Reconciliation", "safety_safetyflag_reconciliation", VIEW),
)
shelve("Visitors", 40, SafetyFlag)
