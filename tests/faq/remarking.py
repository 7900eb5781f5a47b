"""Votes and remarks, for the tests of what staff do with them."""

from datetime import timedelta

from django.utils import timezone

from faq import free_texts
from faq.models import Feedback, Remark
from portal.safety.receiving import flagged
from tests.factories import make_published


def make_vote(version=None, satisfied=True, **changes):
    return Feedback.objects.create(version=version or make_published(), satisfied=satisfied, **changes)


def make_votes(version, yes=0, no=0, **changes):
    """So many votes at once."""
    said = [True] * yes + [False] * no
    return Feedback.objects.bulk_create([Feedback(version=version, satisfied=each, **changes) for each in said])


def make_remark(version=None, text="The dose is missing.", satisfied=False, vote=None, **changes):
    vote_changes = {name: changes.pop(name) for name in ("reasons", "searched", "suspicion") if name in changes}
    vote = vote or make_vote(version, satisfied, **vote_changes)
    return Remark.objects.create(vote=vote, text=text, **changes)


def state_of(remark):
    return Remark.objects.get(pk=remark.pk).state


def make_flagged(text="The dose is missing.", days=0, **changes):
    """A remark with its safety flag, written and received so many days ago."""
    remark = make_remark(text=text, written_at=timezone.now() - timedelta(days=days), **changes)
    flag = flagged(free_texts.REMARK, remark)
    return remark, flag
