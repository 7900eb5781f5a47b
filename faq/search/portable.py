"""What of search travels with a market: the words that its staff added."""

from portal.lib.portable import Table

_DERIVED = "made of the words when they are saved"

TABLES = (
    Table(
        "search.synonym",
        file="synonyms.yaml",
        key=("language", "kind", "typed", "meant"),
        order=("language", "kind", "typed", "meant"),
        left_out={"typed_key": _DERIVED, "meant_key": _DERIVED},
    ),
)
_INDEX = "part of the index, written anew from what is published"
_VISITORS = "what visitors searched for stays where they searched, and expires there"
LEFT_OUT = {
    "search.searchentry": _INDEX,
    "search.learntabbreviation": _INDEX,
    "search.searchname": _INDEX,
    "search.searchword": _INDEX,
    "search.rebuild": "how far a rebuild of this database's index has come",
    "search.searchevent": _VISITORS,
    "search.searchgap": _VISITORS,
    "search.searchline": _VISITORS,
}
