"""What of inquiries is free text of a visitor: the question, and what its sender adds to a report."""

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import translation

from portal.contact.choices import Outcome
from portal.contact.models import Inquiry, InquiryQuerySet
from portal.safety.kinds import Kind, add

# Each with the word that staff read before it; none of these words speaks of harm by itself.
ASKED = (("product_named", "Medicine"), ("indication", "Used for"), ("formulation", "Form or strength"))
ADDED = (("onset", "Since"), ("patient_age_group", "Age"), ("patient_sex", "Sex"), ("outcome", "Patient now"))
LOT = ("lot_number", "Lot")
FORGOTTEN = Q(forgotten_at__isnull=False)


def asked(inquiry: Inquiry) -> str:
    """The question, and below it what else its sender typed about the case."""
    return "\n".join([inquiry.question, *_lines(inquiry, (*ASKED, *ADDED, LOT))])


def added(inquiry: Inquiry) -> str:
    """What the sender of a report added to it later."""
    return "\n".join(_lines(inquiry, (*ADDED, LOT)))


def died(inquiry: Inquiry) -> bool:
    return inquiry.outcome == Outcome.FATAL


def products(inquiry: Inquiry) -> list[str]:
    drug = inquiry.drug.name if inquiry.drug else ""
    return [name for name in (drug, inquiry.product_named) if name]


def _lines(inquiry: Inquiry, fields: tuple[tuple[str, str], ...]) -> list[str]:
    # In one language, that of staff, whoever stores or reads the text: the words that were marked stand in it.
    with translation.override(settings.LANGUAGE_CODE):
        shown = [(label, _shown(inquiry, name)) for name, label in fields]
    return [f"{label}: {value}" for label, value in shown if value]


def _shown(inquiry: Inquiry, name: str) -> str:
    choice = getattr(inquiry, f"get_{name}_display", None)
    return str((choice() if choice and getattr(inquiry, name) else getattr(inquiry, name)) or "")


def _rows() -> InquiryQuerySet:
    return Inquiry.objects.select_related("market", "topic", "drug")


def _found(words: str) -> QuerySet[Inquiry]:
    typed = Q(question__icontains=words) | Q(product_named__icontains=words) | Q(lot_number__icontains=words)
    return Inquiry.objects.filter(typed | Q(case_number__icontains=words))


INQUIRY = add(
    Kind(
        key="inquiry",
        label="Inquiry",
        permission="contact.view_inquiry",
        rows=_rows,
        text=asked,
        market="market",
        received="received_at",
        forgotten=FORGOTTEN,
        find=_found,
        is_report=lambda inquiry: inquiry.is_safety,
        mentions_death=died,
        about_product=lambda inquiry: bool(products(inquiry) or inquiry.about_id),
        products=products,
    )
)
ADDITION = add(
    Kind(
        key="addition",
        label="Addition to a report",
        permission="contact.view_inquiry",
        rows=_rows,
        having=Q(added_at__isnull=False),
        forgotten=FORGOTTEN,
        text=added,
        market="market",
        received="added_at",
        find=_found,
        # Only a report can be added to.
        is_report=lambda _inquiry: True,
        mentions_death=died,
        about_product=lambda inquiry: bool(products(inquiry) or inquiry.about_id),
        products=products,
    )
)
