"""The numbered wordings of a question and its answer."""

import re
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, Min, OuterRef, Q, Subquery
from django.db.models.functions import Abs, JSONObject
from django.urls import reverse
from django.utils.safestring import SafeString

from faq.models.due import DueDay, DueQuerySet
from faq.models.faq import Faq, LabelStatus
from faq.models.workflow import EDITABLE, FROZEN, OPEN, Status
from portal.chrome.models import Market
from portal.lib.html import sanitise, sanitise_line, text

_SECTION = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.DOTALL)


class FaqVersionQuerySet(DueQuerySet):
    def published(self) -> "FaqVersionQuerySet":
        """The wordings that visitors may read today."""
        return self.filter(status=Status.PUBLISHED)

    def to_publish(self, now: datetime) -> "FaqVersionQuerySet":
        """Approved wordings whose time to be published has come by `now`, the longest awaited first."""
        return self.filter(status=Status.APPROVED, publish_at__lte=now).order_by("publish_at", "pk")

    def open(self) -> "FaqVersionQuerySet":
        """The wordings that staff are working on."""
        return self.filter(status__in=OPEN)

    def ungated(self) -> "FaqVersionQuerySet":
        """Those of markets that everybody reads at once."""
        return self.filter(faq__market__gate=Market.Gate.NONE)

    def for_page(self, market: Market) -> "FaqVersionQuerySet":
        """Published versions of `market` with all that an answer page prints around them, in one query."""
        return self.published().filter(faq__market=market).select_related("faq__drug__category", "faq__market")

    def with_trail(self) -> "FaqVersionQuerySet":
        """Adds the markets in the addresses of drug and category, for pages that link from an answer to those."""
        return self.select_related("faq__drug__market", "faq__drug__category__market")

    def with_alternates(self, among: "FaqVersionQuerySet | None" = None) -> "FaqVersionQuerySet":
        """Adds in the same query `alternates`: answers to the same question in other markets, of `among` if given.

        None that stands behind a gate, whose address says what is asked; none that goes beyond the label unless this
        one does, for to lead there unasked would promote it.
        """
        same = FaqVersion.objects.published() if among is None else among
        fitting = Q(faq__label_status=LabelStatus.ON_LABEL) | Q(faq__label_status=OuterRef("faq__label_status"))
        same = same.ungated().filter(fitting, faq__common_id=OuterRef("faq__common_id")).exclude(faq__common_id="")
        elsewhere = same.exclude(faq__market=OuterRef("faq__market")).order_by("faq__market__code")
        where = {"market": "faq__market__code", "language": "faq__market__language_tag"}
        told = JSONObject(**where, slug="faq__slug", number="faq__number")
        rows: FaqVersionQuerySet = self.annotate(alternates=ArraySubquery(elsewhere.values(json=told)))
        return rows

    def with_first_published(self) -> "FaqVersionQuerySet":
        """Adds in the same query `first_published_at`, when the question was first answered."""
        own = FaqVersion.objects.filter(faq=OuterRef("faq")).order_by().values("faq")
        rows: FaqVersionQuerySet = self.annotate(
            first_published_at=Subquery(own.annotate(first=Min("published_at")).values("first"))
        )
        return rows

    def history(self) -> "FaqVersionQuerySet":
        """What visitors can read or once could, oldest first, with what a list of changes tells of it."""
        told = "faq", "number", "status", "published_at", "withdrawn_at", "what_changed", "question"
        return self.filter(status__in=FROZEN).order_by("number").only(*told)

    def nearest_to(self, faq: Faq) -> "FaqVersionQuerySet":
        """Answers to other questions about the same drug: most topics in common first, then the closest numbers.

        None goes beyond the label unless `faq` did: a page that leads there unasked would promote it.
        """
        statuses = {LabelStatus.ON_LABEL.value, faq.label_status}
        others = self.filter(faq__drug=faq.drug_id, faq__label_status__in=statuses).exclude(faq=faq)
        shared = Count("faq__topics", filter=Q(faq__topics__in=faq.topics.all()))
        distance = Abs(F("faq__number") - faq.number)
        rows: FaqVersionQuerySet = others.annotate(shared=shared, distance=distance).order_by("-shared", "distance")
        return rows

    def light(self) -> "FaqVersionQuerySet":
        """Versions without their texts, for lists, which show none of them."""
        return self.defer(
            "short_answer", "body", "rendered_short_answer", "rendered_body", "rendered_references", "what_changed"
        )

    def for_list(self, market: Market) -> "FaqVersionQuerySet":
        """Published versions of `market` as a list shows them: question, drug, date."""
        return self.for_page(market).light()

    def latest_reviewed(self) -> "FaqVersionQuerySet":
        """Those with a date of review, the latest first."""
        return self.filter(last_reviewed__isnull=False).order_by("-last_reviewed", "-pk")

    def listed(self) -> "FaqVersionQuerySet":
        """Published versions that search engines may list; `Faq.is_unlisted` says the same of one question."""
        return (
            self.published()
            .ungated()
            .filter(Q(faq__label_status=LabelStatus.ON_LABEL) | Q(faq__market__noindex_unlabelled=False))
        )

    def promotable(self) -> "FaqVersionQuerySet":
        """What may be featured: on-label answers only, for nothing else is ever promoted (DESIGN: Decisions)."""
        return self.published().filter(faq__label_status=LabelStatus.ON_LABEL)

    def with_parts(self) -> "FaqVersionQuerySet":
        """Versions with their figures and resources fetched, as rendering needs them."""
        return self.select_related("faq__drug__market", "faq__market").prefetch_related(
            "figures__image", "figures__figuresource_set__reference", "resources"
        )


class FaqVersion(DueDay, models.Model):
    """One numbered wording of a question and its answer; frozen once published."""

    # Set by with_alternates(), by with_first_published(), and by search.
    alternates: list[dict[str, Any]]
    first_published_at: datetime
    lines: str

    faq = models.ForeignKey(Faq, on_delete=models.PROTECT, related_name="versions", verbose_name="FAQ")
    number = models.PositiveIntegerField(editable=False)
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT, editable=False)

    question = models.CharField(max_length=300)
    short_answer = models.TextField(blank=True, help_text="One to three sentences that answer the question.")
    body = models.TextField(blank=True)
    last_reviewed = models.DateField("date of last review", null=True, blank=True)
    next_review = models.DateField("next review", null=True, blank=True)
    what_changed = models.TextField(blank=True, help_text="One sentence for readers of the version before.")

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="versions_written"
    )
    writers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        editable=False,
        related_name="versions_contributed_to",
        help_text="Everybody who wrote in this version, its author included; none of them approves it.",
    )
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="versions_approved"
    )
    imported_from = models.CharField(
        max_length=300, blank=True, editable=False, help_text="Where this wording was approved before it came here."
    )
    submitted_at = models.DateTimeField("submitted", null=True, editable=False)
    approved_at = models.DateTimeField(null=True, editable=False)
    publish_at = models.DateTimeField("to be published", null=True, editable=False)
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="versions_scheduled"
    )
    published_at = models.DateTimeField(null=True, editable=False)
    superseded_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="versions_withdrawn"
    )
    withdrawal_reason = models.TextField(blank=True, editable=False)
    review_comment = models.TextField(blank=True, editable=False, help_text="Why the version was sent back.")

    # What visitors get, made once when the version is approved; the hash covers all of it.
    rendered_short_answer = models.TextField(blank=True, editable=False)
    rendered_body = models.TextField(blank=True, editable=False)
    rendered_references = models.TextField(blank=True, editable=False)
    reading_minutes = models.PositiveSmallIntegerField(default=0, editable=False)
    content_sha256 = models.CharField("SHA-256 of what is shown", max_length=64, blank=True, editable=False)

    objects = FaqVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "version"
        ordering = ["faq", "-number"]
        permissions = [
            ("submit_faqversion", "Can submit a version for review"),
            ("approve_faqversion", "Can approve a version or send it back"),
            ("publish_faqversion", "Can publish a version"),
            ("withdraw_faqversion", "Can withdraw a version"),
            ("export_faqversion", "Can export a version for reviewers outside"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["faq", "number"], name="version_number_is_unique_in_its_faq"),
            models.UniqueConstraint(
                fields=["faq"], condition=Q(status="published"), name="one_published_version_per_faq"
            ),
            models.UniqueConstraint(
                fields=["faq"], condition=Q(status__in=sorted(OPEN)), name="one_open_version_per_faq"
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="version_status_is_known"),
            models.CheckConstraint(
                condition=Q(approver=None) | Q(author=None) | ~Q(approver=F("author")), name="the_author_never_approves"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "in_review"])
                | (
                    Q(approved_at__isnull=False)
                    & ~Q(content_sha256="")
                    & (Q(approver__isnull=False) | ~Q(imported_from=""))
                ),
                name="only_approved_versions_go_on",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=sorted(FROZEN))
                | (Q(published_at__isnull=False) & (Q(last_reviewed__isnull=False) | ~Q(imported_from=""))),
                name="a_frozen_version_says_when_it_was_published_and_reviewed",
            ),
            models.CheckConstraint(
                condition=~Q(status="withdrawn") | (~Q(withdrawal_reason="") & Q(withdrawn_at__isnull=False)),
                name="a_withdrawn_version_says_why",
            ),
            models.CheckConstraint(
                condition=Q(publish_at=None) | Q(status="approved"), name="only_an_approved_version_waits_for_its_time"
            ),
            models.CheckConstraint(
                condition=Q(publish_at=None, scheduled_by=None)
                | Q(publish_at__isnull=False, scheduled_by__isnull=False),
                name="a_time_of_publication_says_who_set_it",
            ),
            models.CheckConstraint(
                condition=Q(next_review=None) | Q(last_reviewed=None) | Q(next_review__gt=F("last_reviewed")),
                name="the_next_review_comes_after_the_last",
            ),
        ]
        indexes = [
            models.Index(fields=["next_review"], condition=Q(status="published"), name="published_by_next_review"),
            models.Index(fields=["publish_at"], condition=Q(publish_at__isnull=False), name="versions_by_publish_at"),
            models.Index(
                fields=["last_reviewed", "id"], condition=Q(status="published"), name="published_by_last_review"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.faq.content_id} v{self.number}"

    def clean(self) -> None:
        if self.next_review and self.last_reviewed and self.next_review <= self.last_reviewed:
            raise ValidationError({"next_review": "The next review comes after the last one."})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.normalise()
        if self.number is None:
            highest = FaqVersion.objects.filter(faq_id=self.faq_id).aggregate(highest=models.Max("number"))["highest"]
            self.number = (highest or 0) + 1
        super().save(*args, **kwargs)

    def normalise(self) -> None:
        """Leaves of the wording what the allow-list permits; bulk writers call it, for they skip save()."""
        self.question = " ".join(self.question.split())
        self.short_answer, self.body = sanitise_line(self.short_answer), sanitise(self.body)

    def get_absolute_url(self) -> str:
        return self.faq.get_absolute_url()

    @property
    def addresses(self) -> list[tuple[str, str]]:
        """Where the question is answered, as (market code, path), here first; needs `with_alternates()`."""
        others = [
            (other["market"], reverse("answer", args=[other["market"], other["slug"], other["number"]]))
            for other in self.alternates
        ]
        return [(self.faq.market.code, self.get_absolute_url()), *others]

    @property
    def is_editable(self) -> bool:
        return self.status in EDITABLE

    @property
    def short_answer_html(self) -> SafeString:
        """The rendered short answer; rendering made it from sanitised markup."""
        return SafeString(self.rendered_short_answer)

    @property
    def body_html(self) -> SafeString:
        """The rendered body; rendering made it from sanitised markup."""
        return SafeString(self.rendered_body)

    @property
    def sections(self) -> list[tuple[str, str]]:
        """The main headings of the rendered body, as (address within the page, words)."""
        return [(place, text(words)) for place, words in _SECTION.findall(self.rendered_body)]

    @property
    def references_html(self) -> SafeString:
        """The rendered list of references; rendering made it from escaped bibliographic data."""
        return SafeString(self.rendered_references)
