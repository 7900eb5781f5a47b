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
# Mostly somebody who may, so that walks come far.
MAY_DECIDE = st.sampled_from((cast.approver, cast.approver, cast.superuser, cast.author))


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

    @initialize(steps=st.integers(0, 3))
    def begin(self, steps):
        drug = make_drug(name="Walkamab")
        for _ in range(2):
            version = make_draft(make_faq(drug), **self.wording())
            version.writers.add(cast.author())
            promise = Promise(version.faq.number)
            promise.writers[version.pk] = {cast.author().pk}
            self.promises.append(promise)
        self.go_on(0, steps)

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

    @rule(place=PLACES, how=st.sampled_from(["wording", "part", "approved", "published"]))
    def go_past_the_verbs(self, place, how):
        version, now = self.newest(place), timezone.now()
        rows, promise = FaqVersion.objects.filter(pk=version.pk), self.promises[place]
        if how in ("approved", "published"):
            made = {"approved_at": now, "published_at": now, "approver": cast.approver(), "content_sha256": "0" * 64}
            assert version.status in (how, "approved") or not self.attempt(rows.update, status=how, **made)
            return
        wording = {**self.wording(), "what_changed": "x"}
        is_done = self.attempt(make_resource, version) if how == "part" else self.attempt(rows.update, **wording)
        assert not (is_done and version.pk in promise.approved)

    @rule(place=PLACES, who=WHO, verb=st.sampled_from(["submit", "approve", "publish", "schedule", "revise"]))
    def anybody_tries(self, place, who, verb):
        getattr(self, verb)(place, who)

    @rule(place=PLACES, steps=st.integers(1, 4))
    def go_on(self, place, steps):
        """The next steps of a version by somebody who may, so that walks come far."""
        next_steps = {"draft": self.submit, "in_review": self.approve, "approved": self.publish}
        for _ in range(steps):
            status = self.newest(place).status
            if status not in next_steps:
                self.revise(place, cast.author)
                self.write(place, cast.author)
            else:
                next_steps[status](place, cast.author if status == "draft" else cast.approver)

    @rule(place=PLACES, who=MAY_DECIDE, verb=st.sampled_from(["withdraw", "send_back", "reopen", "publish_due"]))
    def decide(self, place, who, verb):
        getattr(self, verb)(place, who)

    def send_back(self, place, who):
        version = self.newest(place)
        if self.attempt(publishing.send_back, version, by=who(), comment="Say it otherwise."):
            self.promises[place].approved.pop(version.pk, None)

    def reopen(self, place, who):
        version = self.newest(place)
        if self.attempt(publishing.reopen, version, by=who()):
            self.promises[place].approved.pop(version.pk, None)

    def publish_due(self, place, who):
        self.schedule(place, who)
        kept = publishing.publish_due(timezone.now() + timedelta(hours=2))
        assert kept.failed == []
        for version in kept.published:
            self.is_changed = True
            self.done["publish_due"] += 1
            next(promise for promise in self.promises if promise.number == version.faq.number).live = version.pk

    def withdraw(self, place, who):
        promise = self.promises[place]
        version = FaqVersion.objects.filter(pk=promise.live).first() or self.newest(place)
        if self.attempt(publishing.withdraw, version, by=who(), reason="Wrong."):
            promise.live = None

    def submit(self, place, who):
        self.attempt(publishing.submit, self.newest(place), by=who())

    def approve(self, place, who):
        version, promise = self.newest(place), self.promises[place]
        if self.attempt(publishing.approve, version, by=who()):
            assert who().pk not in promise.writers[version.pk]
            promise.approved[version.pk] = self.word_of(version), who().pk

    def publish(self, place, who):
        version = self.newest(place)
        if self.attempt(publishing.publish, version, by=who()):
            self.promises[place].live = version.pk

    def schedule(self, place, who):
        at = timezone.now() + timedelta(hours=1)
        self.attempt(publishing.schedule, self.newest(place), by=who(), at=at)

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
        told = [{promise.approved[promise.live][0]} if promise.live else set() for promise in self.promises]
        words = set.union(*told)
        sitemap = client.get("/sitemap-answers.xml").content.decode()
        for place, own in enumerate(told):
            faq, status = self.newest(place).faq, {200} if own else {404, 410}
            # A page leads on to the other answer, also from where none is any more; a document holds its own alone.
            assert own <= self.read(client, faq.get_absolute_url(), status) <= words
            printed = self.read(client, faq.get_pdf_url(), status)
            assert printed == own if own else printed <= words
            assert (faq.get_absolute_url() in sitemap) == bool(own)
        assert self.read(client, "/us/search/?q=Walkamab") == words
        assert self.read(client, "/us/search/suggest/?q=Walkamab") <= words

    def read(self, client, address, status=frozenset({200})):
        """The words of the walk that stand at `address`, which answers with a `status`."""
        response = client.get(address)
        assert response.status_code in status
        text = response.content.decode()
        return {word for word in self.words if word in text}
