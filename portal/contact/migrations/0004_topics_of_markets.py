"""Gives each market that has inquiries the topics that were part of the code, and links its inquiries to them.

Other markets are offered the same topics in their own language until staff write their own.

What going back loses: the topics themselves with their hints, mailboxes and times of answer, of topics that the code
did not know all but their kind, and, with the migrations before and after this one, all that a request or a report says
beyond the fields of old: urgency, answers about safety, what is known of an event, colleague, licence, wishes, notes.
"""

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery

from portal.accounts.roles import ADMINISTRATOR, ALL, INQUIRY_HANDLER, VIEW, grant

GRANTS = {ADMINISTRATOR: {"inquirytopic": ALL}, INQUIRY_HANDLER: {"inquirytopic": VIEW}}
# Key, kind, name and order, as the choices of the form were.
TOPICS = (
    ("medical-question", "medical", "A medical question", 10),
    ("adverse-event", "adverse-event", "An adverse event", 20),
    ("product-complaint", "complaint", "A product complaint", 30),
    ("other", "other", "Something else", 40),
)


def make_rows(apps: Any, _schema_editor: Any) -> None:
    topic_model, inquiry_model = apps.get_model("contact", "InquiryTopic"), apps.get_model("contact", "Inquiry")
    used = inquiry_model.objects.values("market")
    for market in apps.get_model("chrome", "Market").objects.filter(pk__in=used):
        # No mailbox of their own: all went to the market's, and follow it when it changes.
        topic_model.objects.bulk_create(
            topic_model(market=market, key=key, kind=kind, name=name, order=order) for key, kind, name, order in TOPICS
        )
    same = topic_model.objects.filter(market=OuterRef("market"), key=OuterRef("topic_key"))
    inquiry_model.objects.update(topic=Subquery(same.values("pk")[:1]))


def write_keys(apps: Any, _schema_editor: Any) -> None:
    topic_model, inquiry_model = apps.get_model("contact", "InquiryTopic"), apps.get_model("contact", "Inquiry")
    # Every key becomes one that the code knew, for no other is valid there or sure to fit its column.
    of_kind = {kind: key for key, kind, _name, _order in TOPICS}
    for topic in topic_model.objects.all():
        known = topic.key if topic.key in of_kind.values() else of_kind.get(topic.kind, "other")
        inquiry_model.objects.filter(topic=topic).update(topic_key=known, topic=None)
    topic_model.objects.all().delete()


def give(apps: Any, _schema_editor: Any) -> None:
    grant(apps, "contact", GRANTS)


class Migration(migrations.Migration):
    dependencies = [
        ("contact", "0003_topics_and_request_fields"),
        ("accounts", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunPython(make_rows, write_keys),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
