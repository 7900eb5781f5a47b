"""The inquiry form."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from faq.models import Drug
from portal.chrome.models import Market
from portal.contact.models import Inquiry
from portal.lib.access import slug_or_none

# Up to here the product is chosen from a list of all.
MOST_DRUGS = 200


class InquiryForm(forms.ModelForm):
    """A visitor's question and how to answer it; drug and answer come prefilled from where the visitor was."""

    topic = forms.ChoiceField(label="What is it about?", choices=Inquiry.Topic.choices, widget=forms.RadioSelect)
    profession = forms.ChoiceField(choices=[("", "Please choose"), *Inquiry.Profession.choices])
    # People never see this field; a program that fills in every field does.
    leave_empty = forms.CharField(required=False, max_length=200)

    class Meta:
        model = Inquiry
        fields = ("topic", "drug", "question", "profession", "name", "organisation", "email", "phone")
        labels = {
            "drug": "Product",
            "question": "Your question",
            "name": "Your name",
            "organisation": "Institution or practice",
            "email": "E-mail",
            "phone": "Phone",
        }
        help_texts = {
            "question": "Please leave out names and anything else by which a patient could be recognized.",
            "email": "We answer to this address.",
        }
        widgets = {
            "question": forms.Textarea(attrs={"rows": 6}),
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "organisation": forms.TextInput(attrs={"autocomplete": "organization"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
        }

    def __init__(self, market: Market, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["drug"] = self._drug_field(Drug.objects.filter(market=market).answered())
        for name, field in self.fields.items():
            self._describe(name, field)

    def _drug_field(self, drugs: QuerySet[Drug]) -> forms.ModelChoiceField:
        field = forms.ModelChoiceField(
            drugs, required=False, to_field_name="slug", label="Product", empty_label="No particular product"
        )
        if drugs.count() > MOST_DRUGS:
            # A list of thousands is no choice: it offers the product that the visitor came from.
            came_from = self.data.get("drug") if self.is_bound else self.initial.get("drug")
            known = [(drug.slug, str(drug)) for drug in drugs.filter(slug=slug_or_none(came_from or ""))]
            field.widget.choices = [("", "Named in my question, or none"), *known]
        return field

    def clean_leave_empty(self) -> str:
        if self.cleaned_data["leave_empty"]:
            raise forms.ValidationError(
                "A hidden field was filled in, perhaps by your browser. It is empty again: please send once more."
            )
        return ""

    def _describe(self, name: str, field: forms.Field) -> None:
        """Ties a field's help and error to it for screen readers."""
        described = [f"help-{name}"] if field.help_text else []
        if self.is_bound and name in self.errors:
            described.append(f"error-{name}")
            field.widget.attrs["aria-invalid"] = "true"
        if described:
            field.widget.attrs["aria-describedby"] = " ".join(described)
