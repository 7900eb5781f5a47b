"""What the search index holds."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from faq.models import Drug, Faq, FaqVersion
from portal.chrome.models import Market


class SearchEntry(models.Model):
    """One published version as the search engine sees it; written and removed with the version's own moves."""

    faq = models.OneToOneField(Faq, on_delete=models.CASCADE, primary_key=True, related_name="search_entry")
    version = models.ForeignKey(FaqVersion, on_delete=models.CASCADE, related_name="+")
    drug = models.ForeignKey(Drug, on_delete=models.CASCADE, related_name="+")
    market = models.ForeignKey(Market, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(help_text="The words of the short answer and body, from which excerpts are cut.")
    head = SearchVectorField(help_text="Names, question and phrasings, short answer.")
    body = SearchVectorField(help_text="Everything else that the answer says.")

    class Meta:
        verbose_name_plural = "search entries"
        indexes = [
            GinIndex(fields=["head"], name="search_entry_head", fastupdate=False),
            GinIndex(fields=["body"], name="search_entry_body", fastupdate=False),
        ]

    def __str__(self) -> str:
        return str(self.version)
