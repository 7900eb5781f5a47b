"""Forms on the pages of answers."""

from django import forms


class FeedbackForm(forms.Form):
    """One vote; the version that it is about travels beside it in a signed field."""

    satisfied = forms.ChoiceField(choices=[("yes", "Yes"), ("no", "No")])
    # People never see this field; a program that fills in every field does.
    leave_empty = forms.CharField(required=False, max_length=0)
