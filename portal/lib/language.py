"""The language in which the interface speaks to a market."""

from django.conf import settings
from django.utils import translation

# Language tags by market code, as the markets served by this process had them last: known even without a database.
_learned: dict[str, str] = {}


def interface(tag: str) -> str:
    """The language of settings.LANGUAGES that fits the language tag `tag`: its own, the wider one, or else English.

    Without this, a language that has no catalog here would speak in the few words that Django itself translates.
    """
    try:
        return translation.get_supported_language_variant(tag)
    except LookupError:
        return settings.LANGUAGE_CODE


def spoken(tag: str) -> translation.override:
    """A context in which texts, dates and numbers are those of the market whose language tag is `tag`."""
    return translation.override(interface(tag))


def learn(code: str, tag: str) -> None:
    """Notes that the market `code` has the language tag `tag`, for pages that cannot ask the database."""
    _learned[code] = tag


def learned(code: str) -> str | None:
    """The language tag of the market `code`, if this process has served it before."""
    return _learned.get(code)
