"""The table that modelsearch indexes; installed only while peers are compared."""

from django.db import models
from modelsearch import index

from benchmarks.peers.entries import WEIGHTS_WITHOUT_RARITY


class PeerAnswer(index.Indexed, models.Model):
    """One entry; its question is the title, of which modelsearch makes a field of its own."""

    content_id = models.CharField(max_length=120)
    drug_key = models.TextField(db_index=True)
    names = models.TextField()
    synonyms = models.TextField()
    title = models.TextField()
    answer = models.TextField()

    search_auto_update = False
    search_fields = [
        *(
            index.SearchField(field, boost=weight)
            for field, weight in zip(("names", "synonyms", "title", "answer"), WEIGHTS_WITHOUT_RARITY, strict=True)
        ),
        index.FilterField("drug_key"),
    ]

    class Meta:
        app_label = "peers"

    def __str__(self) -> str:
        return self.content_id
