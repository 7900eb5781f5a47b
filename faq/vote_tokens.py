"""The signed names that bind what visitors send to the version that they saw, and to the vote that is their own.

Nobody can name a vote that was not given to them: its number is signed, for one purpose and one time.
"""

from datetime import timedelta
from typing import NamedTuple

from django.core.signing import BadSignature, SignatureExpired, Signer, TimestampSigner

from faq.models import Faq, FaqVersion, Feedback, Remark

# For so long after the vote its visitor may change it and say why.
OPEN = timedelta(days=1)
# For so long the contact form repeats the words that led to it.
REPEATED = timedelta(hours=1)

_versions = Signer(salt="faq.feedback")
_votes = TimestampSigner(salt="faq.feedback.vote")
_thanks = Signer(salt="faq.feedback.thanks")
_wishes = TimestampSigner(salt="faq.feedback.contact")


class Named(NamedTuple):
    """The number that a token holds, and whether its time is over."""

    number: int
    is_expired: bool


class Wish(NamedTuple):
    """A visitor's wish to be contacted: the question whose answer they read, and what they wrote; 0 for nothing."""

    faq: int
    remark: int
    is_expired: bool


def of_version(version: FaqVersion) -> str:
    """Binds a vote to the version that its visitor sees."""
    return _versions.sign(str(version.pk))


def version_of(token: str) -> int | None:
    return _number(_versions, token)


def of_vote(vote: Feedback) -> str:
    """Lets a visitor change the vote, and say why it was given, while it is OPEN."""
    return _votes.sign(str(vote.pk))


def vote_of(token: str) -> Named | None:
    """The vote that was given away with `token`; None where we gave none such."""
    number = _number(_votes, token)
    return None if number is None else Named(number, _is_expired(_votes, token, OPEN))


def of_thanks(faq: Faq) -> str:
    """Lets a visitor see the thanks for what they said of the answer to `faq`."""
    return _thanks.sign(str(faq.pk))


def thanked_for(token: str) -> int | None:
    return _number(_thanks, token)


def of_wish(faq: Faq, remark: Remark | None) -> str:
    """Prefills the contact form, with the words of `remark` while they are REPEATED."""
    return _wishes.sign(f"{faq.pk}-{remark.pk if remark else 0}")


def wish_of(token: str) -> Wish | None:
    try:
        faq, remark = map(int, _wishes.unsign(token).split("-"))
    except (BadSignature, ValueError):
        return None
    return Wish(faq, remark, _is_expired(_wishes, token, REPEATED))


def _number(signer: Signer, token: str) -> int | None:
    try:
        return int(signer.unsign(token))
    except (BadSignature, ValueError):
        return None


def _is_expired(signer: TimestampSigner, token: str, age: timedelta) -> bool:
    try:
        signer.unsign(token, max_age=age)
    except SignatureExpired:
        return True
    return False
