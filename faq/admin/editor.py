"""The editor for formatted text: one form field, which any form of the admin may use on a page of `EditorPages`."""

import json
import re
from typing import Any, cast

from django import forms
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django_prose_editor.widgets import importmap
from js_asset import ImportMap, Media

from portal.lib.admin import StaffAdmin
from portal.lib.html import BLOCK, TABLE, permitted, sanitise, sanitise_line

# static/js/editor/, by the names under which they import each other: a hashed file cannot be imported by its path.
MODULES = (
    "blocks",
    "characters",
    "citing",
    "combobox",
    "dialog",
    "editor",
    "figures",
    "footnotes",
    "link",
    "markers",
    "numbers",
    "paste",
    "shape",
    "tables",
    "toolbar",
    "tools",
    "word",
)
_MAP = ImportMap({f"editor/{name}": f"js/editor/{name}.js" for name in MODULES})
_BLOCK_END = re.compile(rf"(</(?:{'|'.join(sorted((BLOCK | TABLE) - {'td', 'th'}))})>|<(?:[uo]l|t[a-z]{{4}})[^>]*>)")


class EditorWidget(forms.Textarea):
    """A textarea that a script turns into an editor of what the allow-list permits; without the script it stays one."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, line: bool = False) -> None:
        super().__init__({"class": "vLargeTextField markup", **(attrs or {})})
        self.line = line

    @property
    def media(self) -> Media:
        return Media(
            importmap=importmap | _MAP,
            css={"all": ["css/admin-editor.css"]},
            js=[Script("js/editor/start.js", type="module")],
        )

    def format_value(self, value: Any) -> str | None:
        # Stored in one line; whoever reads the markup itself wants each block in its own.
        return _BLOCK_END.sub(r"\1\n", value).strip() if value else None

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        settings = {"permitted": permitted(line=self.line), "references": str(reverse_lazy(REFERENCES))}
        context["widget"]["attrs"]["data-editor"] = json.dumps(settings, separators=(",", ":"))
        return context

    def use_required_attribute(self, _initial: Any) -> bool:
        # The textarea is hidden behind its editor, where a browser could not point at it.
        return False


class EditorField(forms.CharField):
    """HTML of the allow-list; with `line` one or a few sentences of it."""

    def __init__(self, *, line: bool = False, rows: int = 20, **kwargs: Any) -> None:
        super().__init__(widget=EditorWidget({"rows": rows}, line=line), **kwargs)
        self.line = line

    def to_python(self, value: Any) -> str:
        words = super().to_python(value) or ""
        return str(sanitise_line(words) if self.line else sanitise(words))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return not self.disabled and self.to_python(initial) != self.to_python(data)


REFERENCES = "admin:faq_faqversion_references"


class EditorPages(StaffAdmin):
    """Pages with editors: the import map is a script in the page, so it carries the nonce of the answer."""

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        nonce = str(cast(Any, request).csp_nonce)
        context["media"] = Media.from_media(context["media"], nonce=nonce)
        return super().render_change_form(request, context, *args, **kwargs)
