"""The life of a version: its states, and the moves between them. Pure, and the only table of its kind."""

from django.db.models import TextChoices


class Status(TextChoices):
    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    APPROVED = "approved", "Approved"
    PUBLISHED = "published", "Published"
    SUPERSEDED = "superseded", "Superseded"
    WITHDRAWN = "withdrawn", "Withdrawn"


# The trigger in faq/migrations/0002_database_rules.py holds the same table; a test compares the two.
MOVES: dict[Status, frozenset[Status]] = {
    Status.DRAFT: frozenset({Status.IN_REVIEW}),
    Status.IN_REVIEW: frozenset({Status.DRAFT, Status.APPROVED}),
    Status.APPROVED: frozenset({Status.DRAFT, Status.PUBLISHED}),
    Status.PUBLISHED: frozenset({Status.SUPERSEDED, Status.WITHDRAWN}),
    Status.SUPERSEDED: frozenset(),
    Status.WITHDRAWN: frozenset(),
}

OPEN = frozenset({Status.DRAFT, Status.IN_REVIEW, Status.APPROVED})
FROZEN = frozenset({Status.PUBLISHED, Status.SUPERSEDED, Status.WITHDRAWN})
# What an author may still write in: once approved, an edit first takes the version back to draft.
EDITABLE = frozenset({Status.DRAFT})


class IllegalMove(Exception):
    """A version was asked to go where the table of moves does not lead."""

    def __init__(self, source: str, target: str) -> None:
        super().__init__(
            f"A version that is {Status(source).label.lower()} cannot become {Status(target).label.lower()}."
        )


def check_move(source: str, target: Status) -> None:
    """Raises IllegalMove unless the table of moves leads from `source` to `target`."""
    if target not in MOVES[Status(source)]:
        raise IllegalMove(source, target)
