"""The form with which a review is asked for."""

from django import forms
from django.utils import timezone


class AskForm(forms.Form):
    """Why a review is wanted, and by when."""

    reason = forms.CharField(
        label="What changed, or what is wrong?", max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    due = forms.DateField(
        label="By when is the review wanted?",
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="From the day after, visitors read that the review is overdue.",
    )
