"""What the verbs refuse with."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied

from faq.models import FaqVersion


class NotReady(Exception):
    """A version lacks something that visitors need; `problems` says what, in sentences."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = list(problems)


class ShownDiffers(Exception):
    """The approver was shown something else than what the approval would bind."""

    def __init__(self) -> None:
        super().__init__(
            "This version reads differently from what the page showed you: somebody changed it, or a reference that it"
            " cites. Read it again before you approve it."
        )


class NotAsSigned(PermissionDenied):
    """What is stored to be shown has another hash than what was approved."""

    def __init__(self, version: FaqVersion) -> None:
        super().__init__(f"What is stored of {version} is not what was approved: send it back and review it again.")


class NotDraft(PermissionDenied):
    """Somebody wrote in a version that is no draft any more."""

    def __init__(self, version: FaqVersion) -> None:
        state = version.get_status_display().lower()
        super().__init__(f"{version} is {state}: nobody writes in it until it is a draft again.")
        self.version = version
