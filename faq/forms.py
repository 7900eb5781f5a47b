"""Forms on the pages of answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from faq.commenting import LONGEST_QUOTE, LONGEST_TEXT


class FeedbackForm(forms.Form):
    """One vote; the version that it is about travels beside it in a signed field."""

    satisfied = forms.ChoiceField(choices=[("yes", _("Yes")), ("no", _("No"))])
    # People never see this field; a program that fills in every field does.
    leave_empty = forms.CharField(required=False, max_length=0)


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
