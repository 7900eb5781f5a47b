"""The vocabulary of the index, by which typing errors are corrected and rare words are told from common ones."""

from django.db import models

from portal.chrome.models import Market


class SearchWord(models.Model):
    """A word that published answers of a market hold, and how many do."""

    market = models.ForeignKey(Market, on_delete=models.CASCADE, related_name="+")
    word = models.CharField(max_length=80)
    stem = models.CharField(max_length=80)
    answers = models.PositiveIntegerField(help_text="How many answers hold it anywhere.")
    heads = models.PositiveIntegerField(help_text="How many hold it outside of their body.")

    class Meta:
        constraints = [
            # By code points, so that what begins alike lies together whatever the database's language.
            models.UniqueConstraint(
                fields=["market", "word"], name="search_knows_a_word_once", opclasses=["int8_ops", "text_pattern_ops"]
            ),
            models.CheckConstraint(condition=models.Q(answers__gte=1), name="a_search_word_is_held_by_an_answer"),
        ]
        indexes = [models.Index(fields=["market", "stem"], name="search_word_stem")]

    def __str__(self) -> str:
        return self.word
