"""The form of a reference: the fields that its kind needs, and its CSL-JSON for whoever knows that."""

import json
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from faq import adding
from faq.citations import csl, entering
from faq.citations.formats.entries import storable
from faq.models import Reference
from portal.lib.admin import WholeRowForm, change_url

_ARTICLE, _MEETING = "article-journal", "paper-conference speech"
_BOOKS = "book chapter report document"
# Which field a problem of the item belongs to, by the word that its sentence begins with.
_PLACES = {
    "type": "type",
    "title": "title",
    "author": "authors",
    "editor": "editors",
    "issued": "issued",
    "DOI": "doi",
} | {"accessed": "accessed", "event-date": "event_date", "PMID": "pmid", "number": "nct", "a": "nct", "URL": "url"}


class ReadableJSON(json.JSONEncoder):
    """Two spaces of indentation and the letters themselves, as people write CSL-JSON."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "indent": 2, "ensure_ascii": False})


def _line(label: str, help_text: str = "", kinds: str = "", size: int = 0) -> forms.CharField:
    """A field of one line; `kinds` are the types of source that need it, all where there is none."""
    attrs: dict[str, Any] = {"class": "vTextField short" if size else "vTextField", "data-kinds": kinds}
    return forms.CharField(label=label, required=False, help_text=help_text, widget=forms.TextInput(attrs=attrs))


def _lines(label: str, help_text: str = "", kinds: str = "", rows: int = 4) -> forms.CharField:
    attrs = {"rows": rows, "class": "vLargeTextField", "data-kinds": kinds}
    return forms.CharField(label=label, required=False, help_text=help_text, widget=forms.Textarea(attrs=attrs))


TAGS = escape("Slanted, raised and lowered: <i>in vitro</i>, 10<sup>6</sup>, CO<sub>2</sub>.")


class ReferenceForm(WholeRowForm):
    """A reference; what it does not know of an item stays in it untouched."""

    type = forms.ChoiceField(label="Kind", choices=list(csl.KINDS.items()), initial=_ARTICLE)
    title = _lines("Title", TAGS, rows=2)
    authors = _lines(
        "Authors", "One on each line: Family, Given names. A study group or an organisation without comma."
    )
    journal = _line("Journal, book or site", "The name of what it appeared in.")
    journal_short = _line("Abbreviated journal", "As PubMed abbreviates it: N Engl J Med.", _ARTICLE)
    issued = _line("Date", "2025, 2025-03 or 2025-03-27.", size=1)
    volume = _line("Volume", kinds=f"{_ARTICLE} paper-conference book chapter", size=1)
    issue = _line("Issue", kinds=f"{_ARTICLE} paper-conference", size=1)
    pages = _line("Pages", "As printed: 1189-1202, or e12345.", f"{_ARTICLE} paper-conference chapter", size=1)
    doi = _line("DOI", "10.1056/NEJMoa2410858, or its address.")
    pmid = _line("PMID", "PubMed's number of up to eight digits, or its address.", _ARTICLE, size=1)
    pmcid = _line("PMCID", kinds=_ARTICLE, size=1)
    nct = _line("Trial number", "NCT and eight digits.", size=1)
    url = _line("Address", "Shown where there is no DOI.")
    accessed = _line("Accessed", "The day on which the address was read.", size=1)
    genre = _line(
        "Form", "Poster, Oral presentation, Prescribing information, Data on file.", f"{_MEETING} report document"
    )
    editors = _lines("Editors", "One on each line, as the authors.", "book chapter", rows=2)
    publisher = _line("Publisher or company", kinds=f"{_BOOKS} webpage")
    edition = _line("Edition", "2 for the second.", "book chapter", size=1)
    number = _line("Number", "Of an abstract or a report.", f"{_MEETING} report", size=1)
    event = _line("Congress", "Where it was presented.", _MEETING)
    event_place = _line("Place of the congress", kinds=_MEETING)
    event_date = _line("Days of the congress", "2023-05-11/2023-05-13", _MEETING, size=1)
    csl = forms.JSONField(
        label="CSL-JSON",
        required=False,
        encoder=ReadableJSON,
        widget=forms.Textarea(attrs={"rows": 22, "class": "vLargeTextField markup", "spellcheck": "false"}),
        help_text="All that is stored. Where a field above was changed too, that counts.",
    )
    alike_seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "key" in self.fields:
            self.fields["key"].required = False
            self.fields["key"].help_text += " Left empty, one is made."
        if self.instance.pk:
            self._show(self.instance.csl)

    def _show(self, item: object) -> None:
        shown = entering.shown(item)
        choices = cast(forms.ChoiceField, self.fields["type"])
        if shown["type"] not in csl.KINDS:
            choices.choices = [(shown["type"], shown["type"] or "unknown"), *csl.KINDS.items()]
        self.initial.update(shown)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        cleaned["csl"] = item = self._item(cleaned)
        if not cleaned.get("key") and "key" in self.fields and "key" not in self.errors:
            cleaned["key"] = adding.free_keys([item])[0]
        if not self.errors and item != self.instance.csl:
            self._refuse_alike(item)
        return cleaned

    def _item(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        stored = self.instance.csl if self.instance.pk else {}
        base = cleaned.get("csl") if "csl" in self.changed_data else stored
        if not isinstance(base, dict):
            self.add_error("csl", "This is not one bibliographic item.")
            base = {}
        touched = {name for name in entering.FIELDS if name in self.changed_data}
        if not base.get("type"):
            touched.add("type")
        item, wrong = entering.entered(base, {name: cleaned.get(name, "") for name in touched})
        for name, problem in wrong.items():
            self.add_error(name, problem)
        return cast(dict[str, Any], storable(item))

    def _refuse_alike(self, item: dict[str, Any]) -> None:
        """Tells once of each set of likely duplicates; whoever saves again has seen them."""
        (found,) = adding.alike([item], apart_from=self.instance if self.instance.pk else None)
        seen = " ".join(sorted(str(like.reference.pk) for like in found))
        if found and self.cleaned_data.get("alike_seen") != seen:
            self.data = cast(QueryDict, self.data).copy()
            self.data[self.add_prefix("alike_seen")] = seen
            self.add_error(None, alike_told(found))

    def _update_errors(self, errors: Any) -> None:
        for problem in errors.error_dict.pop("csl", []) if hasattr(errors, "error_dict") else []:
            for message in problem.messages:
                field = _PLACES.get(message.split()[0], "csl")
                if field not in self.errors:
                    self.add_error(field, f"{message[:1].upper()}{message[1:]}")
        super()._update_errors(errors)  # type: ignore[misc]


def alike_told(found: list[adding.Likeness]) -> SafeString:
    """What is said of likely duplicates, each with the way to it."""
    rows = ((change_url(like.reference), like.reference.key, like.reference.title, like.why) for like in found)
    told = format_html_join("; ", '<a href="{}" target="_blank">{}</a> ({}): {}', rows)
    return format_html("The library may have this source already. {}. Save again if yours is another one.", told)


def preview_of(form: ReferenceForm) -> tuple[dict[str, Any], list[adding.Likeness]]:
    """The item that `form` would store, and what in the library may be the same source."""
    form.full_clean()
    item = form.cleaned_data.get("csl") or {}
    own: Reference | None = form.instance if form.instance.pk else None
    return item, adding.alike([item], apart_from=own)[0]
