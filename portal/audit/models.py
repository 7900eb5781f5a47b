"""The audit trail."""

from django.db import models


class EntryQuerySet(models.QuerySet["Entry"]):
    def within(self, place: str) -> "EntryQuerySet":
        """What concerns the row at `place`, such as faq:17/, and whatever belongs to that row."""
        return self.filter(place__startswith=place)


class Entry(models.Model):
    """One change of one row, or one act that changes none, chained by its hash to the entry before.

    The database alone writes it, when a transaction commits (migrations/0001_initial.py). People are named and not
    linked: a name stays as it was.
    """

    position = models.BigIntegerField(primary_key=True, help_text="Counts from 1 without a gap.")
    at = models.DateTimeField("when")
    actor_id = models.BigIntegerField(null=True)
    actor = models.CharField("who", max_length=400, help_text="Empty where no person was signed in.")
    via = models.TextField(help_text="The role of the database and the program that it heard.")
    action = models.CharField("what", max_length=40)
    kind = models.CharField(max_length=80, help_text="The table, or what a note is about.")
    key = models.CharField(max_length=200, help_text="The row's primary key.")
    place = models.CharField(max_length=300, help_text="The rows that it belongs to, such as faq:17/version:33/.")
    label = models.CharField(max_length=600, help_text="The row in words, as it was called then.")
    before = models.JSONField(null=True, help_text="Of an update only what changed.")
    after = models.JSONField(null=True)
    reason = models.TextField("why")
    is_note = models.BooleanField(help_text="Said by the portal, where all else was seen by the database itself.")
    previous = models.CharField(max_length=64, help_text="The hash of the entry before.")
    hash = models.CharField(max_length=64, help_text="SHA-256 of all that stands before it.")

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-position"]
        verbose_name = "entry of the audit trail"
        verbose_name_plural = "entries of the audit trail"
        default_permissions = ["view"]
        permissions = [("export_entry", "Can export the audit trail")]
        indexes = [
            models.Index(fields=["at"], name="audit_entry_at"),
            models.Index(fields=["actor_id", "position"], name="audit_entry_actor"),
            models.Index(fields=["kind", "action", "position"], name="audit_entry_kind"),
            models.Index(fields=["place"], name="audit_entry_place", opclasses=["text_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.label} {self.action}"
