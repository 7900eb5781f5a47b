"""The inquiry form, and the one that adds to a report what its sender knows."""

from typing import Any, NamedTuple

from django import forms
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faq.models import Drug
from portal.chrome.models import Market
from portal.contact import topics
from portal.contact.choices import SAFETY_QUESTIONS, Kind, Profession, ReplyBy, Urgency
from portal.contact.fields import YES, Preselected, SafetyQuestion, YesNo, topic_field
from portal.contact.models import REPORT, Inquiry
from portal.lib.access import slug_or_none

# Up to here the product is chosen from a list of all.
MOST_DRUGS = 200
# Needed to answer a question. A report needs none of them, for it must not be lost for want of a name.
NEEDED = ("name", "email", *SAFETY_QUESTIONS)
# Needed to answer a medical one: we answer professionals, and nobody whom we prompted to ask.
NEEDED_OF_PROFESSIONALS = ("profession", "is_unsolicited")
# As long as the text that a product is named in.
LONGEST_NAME = 200
PROFESSIONS = [("", _("Please choose")), *Profession.choices]
UNCONFIRMED = _("Please confirm this: we may answer only what you ask on your own initiative.")
# What a topic of this kind says already.
IMPLIED: dict[str, str] = {Kind.ADVERSE_EVENT: "involves_adverse_event", Kind.COMPLAINT: "involves_complaint"}

REPORT_LABELS = {"may_contact": _("May we contact you about this report?")}
REPORT_HELP = {
    "onset": _("A date, or as near to it as you know."),
    "lot_number": _("Printed on the package, often after LOT."),
}


class Mistake(NamedTuple):
    """One error, and the id of the place where it is mended ("" where there is none to see)."""

    anchor: str
    label: str
    message: str


class Group(NamedTuple):
    """Optional fields that are folded away until one of them holds something."""

    title: str
    fields: list[BoundField]
    is_open: bool


class VisitorForm(forms.ModelForm):
    """A form on a public page that ties each field's help and errors to it, and lists all errors in their order."""

    def tie(self) -> None:
        """Tells screen readers of each field's help and errors; to be called when all fields are as they will be."""
        for name, field in self.fields.items():
            described = [f"help-{name}"] if field.help_text else []
            if self.is_bound and name in self.errors:
                described.append(f"error-{name}")
            # What is said of radio buttons, the group around them says.
            if described and not field.widget.use_fieldset:
                field.widget.attrs["aria-describedby"] = " ".join(described)

    @property
    def mistakes(self) -> list[Mistake]:
        found = [(self[name], self.errors[name]) for name in self.fields if name in self.errors]
        listed = [Mistake(_anchor(field), str(field.label), str(error)) for field, errors in found for error in errors]
        return [*listed, *(Mistake("", "", str(error)) for error in self.non_field_errors())]

    @property
    def report(self) -> list[BoundField]:
        """What is asked of a report only."""
        return [self[name] for name in REPORT]


class ReportForm(VisitorForm):
    """What the sender of a report knows beyond its description; all of it may stay empty."""

    class Meta:
        model = Inquiry
        fields = REPORT
        field_classes = {"may_contact": YesNo}
        labels = REPORT_LABELS
        help_texts = REPORT_HELP

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tie()

    def clean(self) -> dict[str, Any]:
        if not self.has_changed():
            raise forms.ValidationError(_("Fill in what you know; all of it is empty."))
        return super().clean() or {}


class InquiryForm(VisitorForm):
    """A visitor's question or report; topic, product and answer come prefilled from where the visitor was.

    `market` is whose form it is; `is_behind_gate` says that the visitor has passed its gate, or that it has none.
    Before a gate no product is named, so the visitor names it.
    """

    urgency = Preselected(label=_("How urgent is it?"), choices=Urgency.choices, initial=Urgency.ROUTINE)
    reply_by = Preselected(
        label=_("How shall we answer?"), choices=ReplyBy.choices, initial=ReplyBy.EMAIL, widget=forms.RadioSelect
    )
    profession = forms.ChoiceField(label=_("Profession"), choices=PROFESSIONS)
    colleague_profession = forms.ChoiceField(
        label=_("Profession of your colleague"), choices=PROFESSIONS, required=False
    )
    # People never see this field; a program that fills in every field does.
    leave_empty = forms.CharField(required=False, max_length=200)

    field_order = ("topic", "drug", "product_named", "question", "urgency", *SAFETY_QUESTIONS, *REPORT)

    class Meta:
        model = Inquiry
        fields = (
            *("drug", "product_named", "question", "urgency", *SAFETY_QUESTIONS, *REPORT),
            *("indication", "formulation", "concerns_patient", "literature_wanted"),
            *("profession", "name", "email", "phone", "reply_by"),
            *("specialty", "organisation", "region", "licence_number"),
            *("colleague_name", "colleague_profession", "is_unsolicited"),
        )
        field_classes = {
            **dict.fromkeys(SAFETY_QUESTIONS, SafetyQuestion),
            **dict.fromkeys(("may_contact", "concerns_patient"), YesNo),
        }
        labels = {
            **REPORT_LABELS,
            "product_named": _("Product, in your words"),
            "question": _("Your question, or what happened"),
            "concerns_patient": _("Is it about a particular patient?"),
            "literature_wanted": _("Please send copies of the published literature"),
            "name": _("Your name"),
            "colleague_name": _("Name of your colleague"),
        }
        help_texts = {
            **REPORT_HELP,
            "question": _("Please leave out names and anything else by which a patient could be recognized."),
            "involves_adverse_event": _("Also a medication error, misuse, an overdose, or a lack of effect."),
            "email": _("We confirm here that your message arrived."),
            "licence_number": _("Helps us to see that we are answering a healthcare professional."),
        }
        widgets = {
            "question": forms.Textarea(attrs={"rows": 6}),
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "organisation": forms.TextInput(attrs={"autocomplete": "organization"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
        }

    def __init__(self, market: Market, *args: Any, is_behind_gate: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_behind_gate = is_behind_gate
        offered = topics.offered(market)
        self.topic = topics.chosen(offered, self._given("topic"))
        self.fields["topic"] = topic_field({topic.key: topic for topic in offered})
        drugs = Drug.objects.filter(market=market).ever_answered().order_by(Lower("name"), "pk")
        self._begin()
        self._name_product(drugs)
        self._say_of(market)
        self._require()
        self.order_fields(self.field_order)
        self.tie()

    @property
    def products(self) -> list[BoundField]:
        """The list of products, and the text that names one: in place of the list, or beside it where it holds some."""
        listed = [self["drug"]] if "drug" in self.fields else []
        named = [self["product_named"]] if not listed or self["product_named"].value() else []
        return [*listed, *named]

    @property
    def topic_is_safety(self) -> bool:
        return self.topic.is_safety

    @property
    def is_safety(self) -> bool:
        """Whether what was chosen makes this a report; known before it is checked, for it decides what is needed."""
        return self.topic.is_safety or YES in [self._given(question) for question in SAFETY_QUESTIONS]

    @property
    def safety_questions(self) -> list[BoundField]:
        return [self[name] for name in SAFETY_QUESTIONS]

    @property
    def more_on_question(self) -> Group:
        names = ("indication", "formulation", "concerns_patient", "literature_wanted")
        return self._group(gettext("More about your question"), *names)

    @property
    def more_on_sender(self) -> Group:
        return self._group(gettext("More about you"), "specialty", "organisation", "region", "licence_number")

    @property
    def colleague(self) -> Group:
        return self._group(gettext("I ask for a colleague"), "colleague_name", "colleague_profession")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "topic" in cleaned:
            self.instance.topic = cleaned["topic"]
        if self.is_safety:
            self._clean_report(cleaned)
        elif cleaned.get("reply_by") == ReplyBy.PHONE and not cleaned.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("Enter the phone number at which we can reach you."))
        return cleaned

    def clean_leave_empty(self) -> str:
        if self.cleaned_data["leave_empty"]:
            raise forms.ValidationError(
                _("A hidden field was filled in, perhaps by your browser. It is empty again: please send once more.")
            )
        return ""

    def _clean_report(self, cleaned: dict[str, Any]) -> None:
        """A report needs a way to reach its sender, or their word that we may not."""
        implied = IMPLIED.get(self.topic.kind)
        if implied and cleaned.get(implied) is None:
            cleaned[implied] = True
        reachable = cleaned.get("email") or cleaned.get("phone") or {"email", "phone"} & set(self.errors)
        if not reachable and cleaned.get("may_contact") is not False:
            self.add_error("email", _("Enter an e-mail address or a phone number, or say that we may not contact you."))

    def _begin(self) -> None:
        """Chooses what the address says; and of what is no report, reads nothing that only a report has."""
        self.initial["topic"] = self.topic.key
        if implied := IMPLIED.get(self.topic.kind):
            self.initial[implied] = YES
        if self.is_bound and not self.is_safety:
            self.data = {name: self.data[name] for name in self.data if name not in REPORT}

    def _name_product(self, drugs: QuerySet[Drug]) -> None:
        """Turns the product into text where the list is not shown, and where it would refuse a report."""
        given = self._given("drug").replace("\x00", "")[:LONGEST_NAME]
        if self.is_behind_gate:
            self.fields["drug"] = self._drug_field(drugs)
            if not (self.is_bound and self.is_safety and given) or drugs.filter(slug=slug_or_none(given)).exists():
                return
        else:
            del self.fields["drug"]
            self.fields["product_named"].label = _("Product")
        named = self._given("product_named") or given
        self.initial["product_named"] = named
        if self.is_bound:
            self.data = {**{name: self.data[name] for name in self.data}, "drug": "", "product_named": named}

    def _given(self, name: str) -> str:
        return str((self.data if self.is_bound else self.initial).get(name) or "")

    def _say_of(self, market: Market) -> None:
        """What this market's organisation and phone are in the words of the form."""
        urgent = gettext("If a patient is waiting, please call %(phone)s.") % {"phone": market.medical_phone}
        self.fields["urgency"].help_text = urgent
        own = gettext("I ask on my own initiative. Nobody from %(organisation)s prompted me.")
        self.fields["is_unsolicited"].label = own % {"organisation": market.organisation}

    def _require(self) -> None:
        of_professionals = self.topic.kind == Kind.MEDICAL and not self.is_safety
        self._need("question", NEEDED, not self.is_safety)
        self._need("medical", NEEDED_OF_PROFESSIONALS, of_professionals)
        self.fields["is_unsolicited"].error_messages["required"] = UNCONFIRMED

    def _need(self, kind: str, names: tuple[str, ...], is_needed: bool) -> None:
        """Marks fields as needed or optional now, and tells the page's script of which inquiries they are needed."""
        for name in names:
            self.fields[name].required = is_needed
            self.fields[name].widget.attrs["data-needed-of"] = kind

    def _drug_field(self, drugs: QuerySet[Drug]) -> forms.ModelChoiceField:
        field = forms.ModelChoiceField(drugs, required=False, to_field_name="slug", label=_("Product"))
        listed, none = list(drugs[: MOST_DRUGS + 1]), _("Not in this list, or none")
        if len(listed) > MOST_DRUGS:
            # A list of thousands is no choice: it offers the product that the visitor came from.
            listed = list(drugs.filter(slug=slug_or_none(self._given("drug"))))
            none = _("Named in my question, or none")
        field.widget.choices = [("", none), *((drug.slug, str(drug)) for drug in listed)]
        return field

    def _group(self, title: str, *names: str) -> Group:
        fields = [self[name] for name in names]
        return Group(title, fields, any(field.errors or field.value() not in (None, "", False) for field in fields))


def _anchor(field: BoundField) -> str:
    if field.name == "leave_empty":
        return ""
    return f"{field.auto_id}_0" if field.field.widget.use_fieldset else str(field.auto_id)
