"""modelsearch, Wagtail's search over Django models, with its PostgreSQL backend: any of the words."""

from collections.abc import Sequence
from itertools import islice

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Model

from benchmarks.peers.entries import DEPTH, Entry

# The words are analysed already.
_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database", "SEARCH_CONFIG": "simple"}}
_BATCH = 500


class ModelSearch:
    name = "modelsearch, PostgreSQL, OR"

    def __init__(self, entries: Sequence[Entry]) -> None:
        if not apps.is_installed("modelsearch"):
            settings.MODELSEARCH_BACKENDS = _BACKENDS
            apps.set_installed_apps([*settings.INSTALLED_APPS, "modelsearch", "benchmarks.peers"])
        from modelsearch.backends import get_search_backend

        from benchmarks.peers.models import PeerAnswer

        self._model, self._backend = PeerAnswer, get_search_backend()
        call_command("migrate", "modelsearch", verbosity=0)
        self._drop()
        with connection.schema_editor() as editor:
            editor.create_model(PeerAnswer)
        self._fill(entries)

    def search(self, tokens: list[str], drug_key: str) -> list[str]:
        answers = self._model.objects.filter(drug_key=drug_key) if drug_key else self._model.objects.all()
        found = self._backend.search(" ".join(tokens), answers, operator="or") if tokens else []
        return [answer.content_id for answer in islice(found[:DEPTH], DEPTH)]

    def close(self) -> None:
        self._drop()

    def _fill(self, entries: Sequence[Entry]) -> None:
        index = self._backend.get_index_for_model(self._model)
        with transaction.atomic():
            for start in range(0, len(entries), _BATCH):
                rows = [_row(self._model, entry) for entry in entries[start : start + _BATCH]]
                index.add_items(self._model, self._model.objects.bulk_create(rows))
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE) modelsearch_indexentry, peers_peeranswer")

    def _drop(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE modelsearch_indexentry; DROP TABLE IF EXISTS peers_peeranswer")


def _row(model: type[Model], entry: Entry) -> Model:
    content_id, drug_key, names, synonyms, question, answer = entry
    return model(
        content_id=content_id, drug_key=drug_key, names=names, synonyms=synonyms, title=question, answer=answer
    )
