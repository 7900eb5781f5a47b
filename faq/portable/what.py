"""Which rows travel with a market, and how they lie in its folder (docs/content-folder.md)."""

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.module_loading import module_has_submodule

from faq.models import Reference
from portal.lib.portable import Table

MARKET, USER, FAQ, VERSION, REFERENCE, IMAGE = (
    "chrome.market",
    "accounts.user",
    "faq.faq",
    "faq.faqversion",
    "faq.reference",
    "faq.image",
)
_ACCOUNT = ("password", "email", "is_staff", "is_active", "is_superuser", "last_login", "date_joined")
_RIGHTS = ("groups", "user_permissions")
_DERIVED = "made of the CSL-JSON when it is saved"
_BYTES = "told by the bytes"

PEOPLE = Table(
    USER,
    file="people.yaml",
    key=("username",),
    order=("username",),
    shared=True,
    left_out=dict.fromkeys(
        (*_ACCOUNT, *_RIGHTS), "belongs to the account, which does not travel: the name does, for it signed"
    ),
)
FAQS = Table(FAQ, file="answers/{content_id}/faq.yaml", key=("content_id",))
VERSIONS = Table(
    VERSION,
    file="answers/{faq}/v{number:04}/version.yaml",
    parent="faq",
    key=("faq__content_id", "number"),
    order=("number",),
    apart={
        "short_answer": "short-answer.html",
        "body": "body.html",
        "rendered_short_answer": "rendered/short-answer.html",
        "rendered_body": "rendered/body.html",
        "rendered_references": "rendered/references.html",
    },
    left_out=dict.fromkeys(
        ("publish_at", "scheduled_by"), "a time that was set elsewhere must not publish anything here by itself"
    ),
)
REFERENCES = Table(
    REFERENCE,
    file="references/{key}.yaml",
    key=("key",),
    apart={"csl": "{key}.json"},
    left_out=dict.fromkeys(Reference.DERIVED, _DERIVED),
    # A source may be retracted that older answers cite; the database lets no version go on which cites a retracted one.
    last=("standing", "successor", "standing_reason", "standing_at", "standing_by", "notice_url"),
    shared=True,
)
# Only its bytes travel, as a file that is named by their digest.
IMAGES = Table(
    IMAGE,
    file="images/{sha256}",
    key=("sha256",),
    shared=True,
    left_out={
        **dict.fromkeys(("media_type", "width", "height"), _BYTES),
        "webp": "made anew of the bytes",
        "stored_at": "when this database took the bytes in; nothing shows it",
    },
)
OWN = (
    PEOPLE,
    REFERENCES,
    IMAGES,
    Table("faq.category", file="categories.yaml", key=("slug",), order=("order", "slug")),
    Table("faq.topic", file="topics.yaml", key=("name",), order=("order", "name")),
    Table("faq.drug", file="drugs/{slug}.yaml", key=("slug",)),
    Table("faq.drugname", parent="drug", name="names", order=("kind", "name")),
    FAQS,
    Table("faq.otherphrasing", parent="faq", name="other_phrasings", flat=True),
    Table("faq.reviewrequest", parent="faq", name="review_requests", order=("asked_at", "due", "cause")),
    VERSIONS,
    Table(
        "faq.figure",
        parent="version",
        name="figures",
        beside="figures.yaml",
        order=("order",),
        apart={"values_table": "figures/{key}.html"},
        left_out={"sources": "said by the rows of faq.figuresource"},
    ),
    Table("faq.figuresource", parent="figure", name="sources", flat=True),
    Table("faq.citation", parent="version", name="citations", order=("number",)),
    Table("faq.signature", parent="version", name="signatures", order=("signed_at",), state="in_review"),
    Table("faq.sendback", parent="version", name="send_backs", order=("sent_at",)),
    Table("faq.relatedresource", parent="version", name="resources", order=("order",)),
)
_WORD = "what waits of a Word file for its author, who goes on where the file was read; the draft travels"
LEFT_OUT = {
    "faq.feedback": "what visitors say of an answer is no content",
    "faq.remark": "what visitors say of an answer is no content",
    "faq.tally": "what visitors say of an answer is no content",
    "faq.feedbackexport": "what visitors say of an answer is no content",
    "faq.exportpart": "what visitors say of an answer is no content",
    "faq.comment": "what reviewers said of a draft stays with the portal whose links they followed",
    "faq.invitation": "a link that one portal signed, with the mail address of whom it was sent to",
    "faq.wordimport": _WORD,
    "faq.wordpicture": _WORD,
    "faq.presence": "who has a draft open in this portal at this moment",
    "faq.reviewreminder": "whom this portal sent which mail",
}
# Apps that hold no content: each with the reason.
NO_CONTENT = {
    "audit": "the trail of one database is its own; that a market was exported or imported stands in it",
    "clock": "when this portal ran which command",
    "lib": "holds no rows of ours",
    "accounts": "accounts stay where people sign in; of those who signed a version the names travel",
}


@cache
def tables() -> tuple[Table, ...]:
    """Everything that travels: the tables of this module, and those that other apps name in their `portable`."""
    others = [table for module in _modules() for table in module.TABLES]
    return (*others, *OWN)


@cache
def left_out() -> dict[str, str]:
    """Models that stay behind, each with the reason."""
    return {**LEFT_OUT, **{model: why for module in _modules() for model, why in module.LEFT_OUT.items()}}


def _modules() -> list[Any]:
    ours = [config for config in apps.get_app_configs() if config.name.split(".")[0] in {"portal", "faq"}]
    named = [config for config in ours if config.label not in {"faq", "lib"}]
    return [
        import_module(f"{config.name}.portable") for config in named if module_has_submodule(config.module, "portable")
    ]


def model(table: Table) -> type[models.Model]:
    """The model whose rows `table` carries."""
    return apps.get_model(table.model)


@cache
def table_of(label: str) -> Table | None:
    """The table of a model, given as app.model in lower case."""
    return next((table for table in tables() if table.model == label), None)


@cache
def children(table: Table) -> tuple[Table, ...]:
    """The tables whose rows lie inside a row of `table`."""
    inside = [other for other in tables() if other.parent and not other.file]
    return tuple(other for other in inside if target(other, other.parent) == table.model)


def target(table: Table, name: str) -> str:
    """The model that a foreign key or a many-to-many field of `table` leads to."""
    related: Any = model(table)._meta.get_field(name).related_model
    return str(related._meta.label_lower)


@cache
def fields(table: Table) -> "tuple[models.Field[Any, Any], ...]":
    """What of a row is written down, in the order of the model."""
    meta = model(table)._meta
    every = (*meta.concrete_fields, *meta.many_to_many)
    return tuple(one for one in every if _is_carried(table, one))


def _is_carried(table: Table, one: "models.Field[Any, Any]") -> bool:
    if one.primary_key and one.name not in table.key:
        return False
    leads_to_market = one.many_to_one and target(table, one.name) == MARKET
    return not (leads_to_market or one.name == table.parent or one.name in table.left_out)


def is_late(table: Table, one: "models.Field[Any, Any]") -> bool:
    """Whether a field is written when everything else is: what it says came later, or the row that it leads to does."""
    return one.name in table.last or (bool(one.many_to_one) and target(table, one.name) == table.model)


def own_files() -> Sequence[Table]:
    """The tables with a file of their own, whatever they belong to first."""
    waiting, done = [table for table in tables() if table.file], list[Table]()
    while waiting:
        ready = [table for table in waiting if not _needs(table) & {other.model for other in waiting} - {table.model}]
        done += ready
        waiting = [table for table in waiting if table not in ready]
    return done


def _needs(table: Table) -> set[str]:
    inside = [table, *children(table)]
    # A question's requests for review name its versions, and are written after those.
    every = [(other, one) for other in inside for one in fields(other) if other.model != "faq.reviewrequest"]
    found = {target(other, one.name) for other, one in every if one.is_relation}
    parent = {target(table, table.parent)} if table.parent else set()
    return found | parent
