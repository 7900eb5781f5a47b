"""What staff have to say when they do more to remarks than to mark them."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from faq import remarks as verbs
from faq.admin import cells
from faq.models import Remark
from portal.accounts.models import User

# So many remarks on the same answer are offered as the original of one, and so much of each is shown.
OFFERED, SHOWN = 8, 160
MARKET = "vote__version__faq__market"


class RemarksForm(forms.Form):
    """A form about the remarks that were chosen, which some of its choices depend on."""

    def __init__(self, *args: Any, chosen: Sequence[Remark], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen = chosen


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.get_full_name() or obj.username} ({obj.username})"


class AssignForm(RemarksForm):
    """To whom remarks are given."""

    to = PersonChoice(User.objects.none(), label="To whom?", required=False, empty_label="Nobody")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = verbs.handlers()  # type: ignore[attr-defined]


class DuplicateForm(RemarksForm):
    """Which remark said it first: one that is offered, or another by its number."""

    original = forms.ChoiceField(label="Of which remark?", required=False, widget=forms.RadioSelect)
    number = forms.IntegerField(
        label="Or of another one, by its number",
        required=False,
        min_value=1,
        max_value=2**63 - 1,
        help_text="The number stands on the page of each remark.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["original"].choices = [(remark.pk, told(remark)) for remark in offered(self.chosen)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        number = cleaned.get("number")
        if self.errors:
            return cleaned
        if bool(number) == bool(cleaned.get("original")):
            raise forms.ValidationError("Choose one remark, or write the number of one.")
        found = Remark.objects.filter(pk=number or cleaned["original"]).first()
        if found is None:
            self.add_error("number", "There is no remark with this number.")
        return {"original": found}


class ReviewForm(RemarksForm):
    """Why an answer should be reviewed, and by when."""

    reason = forms.CharField(
        label="What should the author look at?",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The author finds the remarks beside it.",
    )
    due = forms.DateField(
        label="By when is the review wanted?",
        initial=lambda: timezone.localdate() + timedelta(days=14),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="From the day after, visitors read that the review is overdue.",
    )


def offered(chosen: Sequence[Remark]) -> list[Remark]:
    """What remarks may be duplicates of: of several each of them, of one alone those on the same answer."""
    if len(chosen) > 1:
        return sorted(chosen, key=lambda remark: (remark.written_at, remark.pk))
    others = Remark.objects.filter(vote__version__faq=chosen[0].vote.version.faq_id, duplicate_of=None)
    others = others.exclude(pk=chosen[0].pk).exclude(state=Remark.State.SPAM).exclude(text="")
    others = others.select_related(MARKET).only("text", "written_at", f"{MARKET}__time_zone")
    return list(others.order_by("-written_at", "-pk")[:OFFERED])


def told(remark: Remark) -> SafeString:
    """A remark in a list of choices."""
    words = Truncator(" ".join(remark.text.split())).chars(SHOWN)
    when = cells.moment(remark.written_at, remark.vote.version.faq.market)
    return format_html("<span>No. {}, {}: {}</span>", remark.pk, when, words)
