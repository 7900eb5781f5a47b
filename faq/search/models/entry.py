"""The index itself: one row for each published answer."""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from faq.models import Drug, Faq, FaqVersion
from portal.chrome.models import Market


class BitField(models.Field):
    """A string of zeros and ones of a fixed length, PostgreSQL's `bit(n)`."""

    def __init__(self, *args: Any, length: int, **kwargs: Any) -> None:
        self.length = length
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "length": self.length}

    def db_type(self, connection: Any) -> str:  # noqa: ARG002
        return f"bit({self.length})"


class SearchEntry(models.Model):
    """One published version as the search engine sees it; written and removed with the version's own moves."""

    faq = models.OneToOneField(Faq, on_delete=models.CASCADE, primary_key=True, related_name="search_entry")
    version = models.ForeignKey(FaqVersion, on_delete=models.CASCADE, related_name="+")
    drug = models.ForeignKey(Drug, on_delete=models.CASCADE, related_name="+")
    market = models.ForeignKey(Market, on_delete=models.CASCADE, related_name="+")
    recipe = models.CharField(max_length=40, help_text="How the tokens were made; an entry of another recipe is stale.")
    text = models.TextField(help_text="What the body says, a line for each of its blocks; passages are cut from it.")
    # Tokens with a space before and after each, so that " token " is counted without taking the text apart.
    names = models.TextField(help_text="Tokens of the drug's names.")
    phrasings = models.TextField(help_text="Tokens of other phrasings.")
    question = models.TextField(help_text="Tokens of the question.")
    topics = models.TextField(help_text="Tokens of the topics' names.")
    answer = models.TextField(help_text="Tokens of the short answer.")
    body = models.TextField(help_text="Tokens of the body.")
    forms = models.JSONField(default=dict, help_text="Every word as it is typed, with its token.")
    head = SearchVectorField(help_text="All tokens but the body's, weighted by where they stand.")
    rest = SearchVectorField(help_text="The body's tokens.")
    typed = SearchVectorField(help_text="Words as they are typed, of all fields but answer and body, for suggestions.")
    vector = models.BinaryField(null=True, help_text="The meaning of the question: 384 numbers of one byte each.")
    bits = BitField(length=384, null=True, help_text="The signs of those numbers, by which the nearest are found.")
    model = models.CharField(max_length=80, blank=True, help_text="The model that made the vector.")

    class Meta:
        verbose_name_plural = "search entries"
        indexes = [
            GinIndex(fields=["head"], name="search_entry_head", fastupdate=False),
            GinIndex(fields=["rest"], name="search_entry_rest", fastupdate=False),
            GinIndex(fields=["typed"], name="search_entry_typed", fastupdate=False),
        ]

    def __str__(self) -> str:
        return str(self.version)
