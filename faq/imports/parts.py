"""Reads the parts of a full row: its drug, references, figures and related resources. Pure."""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import Model

from faq.citations import csl
from faq.exports import data_uri
from faq.imports.fields import Fields
from faq.models import Category, Drug, DrugName, Figure, Image, Reference, RelatedResource
from faq.models.drug import RESERVED_SLUGS
from portal.lib.images import Picture, identify

CONTENT_ID = re.compile(r"[A-Za-z0-9_.-]+")
SLUG = re.compile(r"[A-Za-z0-9_-]+")
KEY = re.compile(r"[a-z0-9][a-z0-9-]*")
BLOCKS = ("<p>", "<h2>", "<h3>", "<h4>", "<ul>", "<ol", "<table>", "<blockquote>", "<figure")

_DATA_URI = re.compile(r"data:[a-z0-9.+/-]+;base64,(.+)", re.DOTALL)
_DRUG = ("slug", "name", "generic_name", "status", "category", "names", "strengths", "prescribing_information_url")
_DRUG_TEXTS = ("boxed_warning", "standing_notice", "summary")


class Drawn(NamedTuple):
    """An image of a row: what it is, and its bytes."""

    picture: Picture
    content: bytes

    def image(self) -> Image:
        """The (unsaved) row that holds it."""
        return Image(sha256=hashlib.sha256(self.content).hexdigest(), content=self.content, **self.picture._asdict())


def length(model: type[Model], name: str) -> int:
    """How many characters the column of a model's field holds."""
    return int(getattr(model._meta.get_field(name), "max_length", None) or 0)


def drug(row: Fields) -> dict[str, Any]:
    """What a row says of its drug, only the given fields; a name alone is a known drug, or a bare new one."""
    if isinstance(row.data.get("drug"), str):
        return {"name": row.line("drug", length(Drug, "name"), required=True)}
    fields = row.object("drug")
    if fields is None:
        row.complain("drug", "is missing")
        return {}
    fields.know((*_DRUG, *_DRUG_TEXTS))
    found: dict[str, Any] = {
        "slug": fields.matching("slug", SLUG, length(Drug, "slug"), required=True),
        "name": fields.line("name", length(Drug, "name"), required=True),
    }
    if found["slug"] in RESERVED_SLUGS:
        fields.complain("slug", f"{found['slug']!r} is reserved")
    found |= {name: fields.line(name, length(Drug, name)) for name in ("generic_name", "strengths") if fields.has(name)}
    found |= {name: fields.text(name) for name in _DRUG_TEXTS if fields.has(name)}
    found |= _drug_choices(fields)
    return found


def _drug_choices(fields: Fields) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if fields.has("status"):
        found["status"] = fields.choice("status", Drug.Status.values)
    if fields.has("prescribing_information_url"):
        url = "prescribing_information_url"
        found[url] = fields.address(url, length(Drug, url))
    category = fields.object("category")
    if category:
        category.know(("slug", "name", "description"))
        found["category"] = {
            "slug": category.matching("slug", SLUG, length(Category, "slug"), required=True),
            "name": category.line("name", length(Category, "name"), required=True),
            "description": category.text("description"),
        }
    if fields.has("names"):
        found["names"] = [_name(item) for item in fields.objects("names")]
        _refuse_repeats(fields, "names", [item["name"] for item in found["names"]])
    return found


def _name(item: Fields) -> dict[str, str]:
    item.know(("name", "kind"))
    name = item.line("name", length(DrugName, "name"), required=True)
    return {"name": name, "kind": item.choice("kind", DrugName.Kind.values)}


def references(row: Fields) -> dict[str, dict[str, Any]]:
    """The sources that a row brings along, by key."""
    found = {}
    items = row.objects("references")
    for item in items:
        item.know(("key", "csl", "formatted_override"))
        key = item.matching("key", KEY, length(Reference, "key"), required=True)
        bibliography = item.data.get("csl")
        for problem in csl.problems(bibliography):
            item.complain("csl", problem)
        _refuse_unstorable(item, "csl", bibliography)
        override = item.text("formatted_override")
        found[key] = {"key": key, "csl": bibliography, "formatted_override": override}
    _refuse_repeats(row, "references", [str(item.data.get("key")).strip() for item in items])
    return found


def _refuse_unstorable(item: Fields, name: str, value: object) -> None:
    # Every text inside, however deep; PostgreSQL stores neither NUL nor half characters.
    if isinstance(value, dict):
        for key, inside in value.items():
            _refuse_unstorable(item, name, key)
            _refuse_unstorable(item, name, inside)
    elif isinstance(value, list):
        for inside in value:
            _refuse_unstorable(item, name, inside)
    elif isinstance(value, str):
        Fields({name: value}, item.complaints, item.path).text(name)


def figures(row: Fields, images: dict[str, Drawn], read_image: Callable[[str], bytes]) -> list[dict[str, Any]]:
    """The figures of a row in the shape of `exports.figure`; their images go to `images` under their data URIs."""
    items = row.objects("figures")
    found = [_figure(item, images, read_image) for item in items]
    _refuse_repeats(row, "figures", [figure["key"] for figure in found])
    return found


_FIGURE = ("key", "title", "image", "description", "abbreviations", "note", "sources", "values_table")


def _figure(item: Fields, images: dict[str, Drawn], read_image: Callable[[str], bytes]) -> dict[str, Any]:
    item.know(_FIGURE)
    return {
        "key": item.matching("key", KEY, length(Figure, "key"), required=True),
        "title": item.line("title", length(Figure, "title"), required=True),
        "image": _image(item, images, read_image),
        "description": item.text("description", required=True),
        "abbreviations": item.text("abbreviations"),
        "note": item.text("note"),
        "sources": item.texts("sources", length(Reference, "key")),
        "values_table": item.html("values_table"),
    }


def _image(item: Fields, images: dict[str, Drawn], read_image: Callable[[str], bytes]) -> str:
    given = item.text("image", required=True)
    if not given:
        return ""
    inside = _DATA_URI.fullmatch(given)
    try:
        content = base64.b64decode(inside[1], validate=True) if inside else read_image(given)
        drawn = Drawn(identify(content), content)
    except binascii.Error:
        item.complain("image", "the base64 text is damaged")
    except ValidationError as error:
        item.complain("image", " ".join(error.messages))
    except ValueError as error:
        item.complain("image", str(error))
    else:
        name = data_uri(drawn.picture.media_type, content)
        images[name] = drawn
        return name
    return ""


def resources(row: Fields) -> list[dict[str, str]]:
    """The related resources of a row in the shape of `exports.resource`."""
    return [_resource(item) for item in row.objects("related_resources")]


def _resource(item: Fields) -> dict[str, str]:
    item.know(("title", "kind", "url", "note"))
    return {
        "title": item.line("title", length(RelatedResource, "title"), required=True),
        "kind": item.choice("kind", RelatedResource.Kind.values, RelatedResource.Kind.OTHER),
        "url": item.address("url", length(RelatedResource, "url")),
        "note": item.line("note", length(RelatedResource, "note")),
    }


def _refuse_repeats(fields: Fields, name: str, values: list[str]) -> None:
    for value in sorted({value for value in values if values.count(value) > 1}):
        fields.complain(name, f"{value!r} stands there twice")
