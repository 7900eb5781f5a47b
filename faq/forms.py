"""Forms on the pages of answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from faq.commenting import LONGEST_QUOTE, LONGEST_TEXT
from faq.models.feedback import LONGEST_REMARK


class FeedbackForm(forms.Form):
    """One vote; the version that it is about travels beside it in a signed field."""

    satisfied = forms.ChoiceField(choices=[("yes", _("Yes")), ("no", _("No"))])
    # People never see this field; a program that fills in every field does. Whatever it holds, the vote is taken.
    leave_empty = forms.Field(required=False)

    @property
    def is_satisfied(self) -> bool:
        return bool(self.cleaned_data["satisfied"] == "yes")

    @property
    def is_trapped(self) -> bool:
        return bool(self.cleaned_data["leave_empty"])


class RemarkForm(forms.Form):
    """What a visitor writes below a vote, as it was typed: nothing in it is a reason to lose it but its length."""

    text = forms.CharField(required=False, max_length=LONGEST_REMARK)

    def __init__(self, typed: str) -> None:
        # Browsers send two characters for a line's end, and what is counted there is one. No text holds the other.
        super().__init__({"text": typed.replace("\r\n", "\n").replace("\x00", "")})

    @property
    def typed(self) -> str:
        """The words, to be shown again."""
        return str(self.data["text"])


class CommentForm(forms.Form):
    """What an invited reviewer says about a draft, or answers to a comment."""

    text = forms.CharField(
        max_length=LONGEST_TEXT,
        error_messages={"required": _("Write your comment."), "max_length": _("It is too long.")},
    )
    place = forms.CharField(required=False, max_length=300)
    quote = forms.CharField(required=False, max_length=LONGEST_QUOTE)
    answers_to = forms.IntegerField(required=False)
    # People never see this field; a program that fills in every field does.
    leave_empty = forms.CharField(required=False, max_length=0)
