"""The names by which drugs are recognised in a question."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Value

from faq.models import Drug, DrugName
from portal.chrome.models import Market

# The words of a key as PostgreSQL looks them up by their beginnings. A key that was cut short may end with a space.
_WORDS = Func(
    Func(Func(F("key"), Value(" "), function="string_to_array"), Value(""), function="array_remove"),
    function="array_to_tsvector",
)


class SearchName(models.Model):
    """One name of a drug that has a published answer, as its words are typed."""

    market = models.ForeignKey(Market, on_delete=models.CASCADE, related_name="+")
    drug = models.ForeignKey(Drug, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200, help_text="Its words, normal, with single spaces.")
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=20, choices=DrugName.Kind)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["drug", "key"], name="search_knows_a_name_once")]
        indexes = [
            models.Index(fields=["market", "key"], name="search_name_key"),
            GinIndex(_WORDS, name="search_name_words", fastupdate=False),
        ]

    def __str__(self) -> str:
        return self.name
