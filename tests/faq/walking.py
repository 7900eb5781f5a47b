"""A random walk of people through edits and moves, and what visitors were promised at each step of it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from faq import publishing, rendering
from faq.models import FaqVersion, Signature
from faq.models.workflow import IllegalMove
from faq.search.models import SearchEntry
from tests import cast
from tests.factories import COMPANY_DATA, make_draft, make_drug, make_faq, make_resource

REFUSALS = (publishing.NotReady, PermissionDenied, IllegalMove, ValueError, DatabaseError)
PEOPLE = (cast.author, cast.administrator, cast.approver, cast.superuser, cast.stranger)
PLACES = st.integers(0, 1)
WHO = st.sampled_from(PEOPLE)
MAY_APPROVE = st.sampled_from((cast.approver, cast.superuser, cast.administrator))


@dataclass
class Promise:
    """What the walk knows of one question, whatever the database says."""

    number: int
    writers: dict[int, set[int]] = field(default_factory=dict)
    # The word that an approval bound, and whose it was, by version.
    approved: dict[int, tuple[str, int]] = field(default_factory=dict)
    live: int | None = None


class Walk(RuleBasedStateMachine):
    """Two questions, five people, and every verb: allowed or not, in any order."""

    # How often each verb was done, over all walks: one that never is proves nothing.
    done: Counter[str] = Counter()

    def __init__(self):
        super().__init__()
        self.within = transaction.atomic()
        self.within.__enter__()
        cache.clear()
        self.words: list[str] = []
        self.promises: list[Promise] = []
        # Whether visitors have to look again: a refusal changed nothing.
        self.is_changed = True

    def teardown(self):
        transaction.set_rollback(True)
        self.within.__exit__(None, None, None)

    @initialize()
    def begin(self):
        drug = make_drug(name="Walkamab")
        for _ in range(2):
            version = make_draft(make_faq(drug), **self.wording())
            version.writers.add(cast.author())
            promise = Promise(version.faq.number)
            promise.writers[version.pk] = {cast.author().pk}
            self.promises.append(promise)

    def wording(self):
        """Texts around a word that was never used before."""
        self.words.append(f"qzx{'abcdefghij'[len(self.words) // 26]}{chr(97 + len(self.words) % 26)}w")
        said = f"<p>Walkamab is {self.words[-1]}.{COMPANY_DATA}</p>"
        return {"question": f"Is Walkamab {self.words[-1]}?", "short_answer": said, "body": said}

    def newest(self, place):
        return FaqVersion.objects.filter(faq__number=self.promises[place].number).order_by("-number").first()

    def attempt(self, verb, *args, **kwargs):
        """Whether `verb` was done; a refusal leaves nothing behind."""
        try:
            with transaction.atomic():
                verb(*args, **kwargs)
        except REFUSALS:
            return False
        self.is_changed = True
        self.done[getattr(verb, "__name__", "")] += 1
        return True

    def word_of(self, version):
        return next(word for word in self.words if word in FaqVersion.objects.get(pk=version.pk).question)

    @rule(place=PLACES, who=WHO)
    def write(self, place, who):
        version, wording = self.newest(place), {**self.wording(), "what_changed": "The word."}

        def save():
            publishing.write(version, by=who())
            FaqVersion.objects.filter(pk=version.pk).update(**wording)

        if self.attempt(save):
            self.promises[place].writers[version.pk].add(who().pk)
            self.promises[place].approved.pop(version.pk, None)

    @rule(place=PLACES)
    def edit_past_the_verbs(self, place):
        version = self.newest(place)
        if self.attempt(FaqVersion.objects.filter(pk=version.pk).update, **self.wording(), what_changed="x"):
            assert version.pk not in self.promises[place].approved

    @rule(place=PLACES)
    def add_a_resource_past_the_verbs(self, place):
        version = self.newest(place)
        if self.attempt(make_resource, version):
            assert version.pk not in self.promises[place].approved

    @rule(place=PLACES, who=WHO)
    def submit(self, place, who):
        self.attempt(publishing.submit, self.newest(place), by=who())

    @rule(place=PLACES, who=MAY_APPROVE)
    def approve(self, place, who):
        version, promise = self.newest(place), self.promises[place]
        if self.attempt(publishing.approve, version, by=who()):
            assert who().pk not in promise.writers[version.pk]
            promise.approved[version.pk] = self.word_of(version), who().pk

    @rule(place=PLACES, status=st.sampled_from(["approved", "published"]))
    def set_the_status_past_the_verbs(self, place, status):
        version, now = self.newest(place), timezone.now()
        made = {"approved_at": now, "published_at": now, "approver": cast.approver(), "content_sha256": "0" * 64}
        update = FaqVersion.objects.filter(pk=version.pk).exclude(status=status).update
        if version.status != status and not (version.status == "approved" and status == "published"):
            assert not self.attempt(update, status=status, **made)

    @rule(place=PLACES, who=WHO, verb=st.sampled_from(["send_back", "reopen"]))
    def take_back(self, place, who, verb):
        version = self.newest(place)
        words = {"comment": "Say it otherwise."} if verb == "send_back" else {}
        if self.attempt(getattr(publishing, verb), version, by=who(), **words):
            self.promises[place].approved.pop(version.pk, None)

    @rule(place=PLACES, who=WHO)
    def publish(self, place, who):
        version = self.newest(place)
        if self.attempt(publishing.publish, version, by=who()):
            self.promises[place].live = version.pk

    @rule(place=PLACES)
    def go_on(self, place):
        """The next step of a version by somebody who may, so that walks come far."""
        step = {"draft": self.submit, "in_review": self.approve, "approved": self.publish}
        person = {"draft": cast.author, "in_review": cast.approver, "approved": cast.approver}
        status = self.newest(place).status
        if status in step:
            step[status](place, person[status])
        else:
            self.revise(place, cast.author)

    @rule(place=PLACES, who=WHO)
    def schedule(self, place, who):
        at = timezone.now() + timedelta(hours=1)
        self.attempt(publishing.schedule, self.newest(place), by=who(), at=at)

    @rule()
    def wait_for_what_is_due(self):
        kept = publishing.publish_due(timezone.now() + timedelta(hours=2))
        assert kept.failed == []
        self.is_changed = self.is_changed or bool(kept.published)
        for version in kept.published:
            next(promise for promise in self.promises if promise.number == version.faq.number).live = version.pk

    @rule(place=PLACES, who=WHO)
    def withdraw(self, place, who):
        promise = self.promises[place]
        version = FaqVersion.objects.filter(pk=promise.live).first() or self.newest(place)
        if self.attempt(publishing.withdraw, version, by=who(), reason="Wrong."):
            promise.live = None

    @rule(place=PLACES, who=WHO)
    def revise(self, place, who):
        faq = self.newest(place).faq
        if self.attempt(publishing.revise, faq, by=who()):
            self.promises[place].writers[self.newest(place).pk] = {who().pk}

    @invariant()
    def visitors_get_what_was_approved(self):
        told = {promise.live: promise.approved[promise.live] for promise in self.promises if promise.live}
        served = FaqVersion.objects.published().with_parts().filter(faq__number__in=[p.number for p in self.promises])
        assert {version.pk for version in served} == set(told)
        assert set(SearchEntry.objects.values_list("version", flat=True)) == set(told)
        for version in served:
            word, signer = told[version.pk]
            wording = rendering.wording_of(version)
            assert word in version.rendered_body
            assert version.content_sha256 == rendering.fingerprint(version, wording.resources)
            assert Signature.objects.filter(version=version, signer=signer, sha256=version.content_sha256).exists()
            assert version.approver_id == signer

    @invariant()
    def visitors_read_nothing_else(self):
        if not self.is_changed:
            return
        self.is_changed = False
        client = Client()
        words = {word for promise in self.promises if promise.live for word, _ in [promise.approved[promise.live]]}
        for promise in self.promises:
            faq = self.newest(self.promises.index(promise)).faq
            own = {promise.approved[promise.live][0]} if promise.live else set()
            assert self.read(client, faq.get_absolute_url(), 200 if own else None) & own == own
            assert self.read(client, faq.get_pdf_url(), 200 if own else None) == own
            assert (faq.get_absolute_url() in client.get("/sitemap-answers.xml").content.decode()) == bool(own)
        assert self.read(client, "/us/search/?q=Walkamab") == words
        assert self.read(client, "/us/search/suggest/?q=Walkamab") <= words
        unread = [word for word in self.words if word not in words]
        if unread:
            # Its own query stands on the page of results, and nothing else does.
            assert self.read(client, f"/us/search/suggest/?q={unread[-1][:6]}") <= words

    def read(self, client, address, status=None):
        """The words of the walk that stand at `address`; nothing is served where `status` is None and none is."""
        response = client.get(address)
        assert status is None or response.status_code == status
        text = response.content.decode()
        return {word for word in self.words if word in text}
