"""Questions lead to the same one in other markets, and to what answers them once they are withdrawn."""

import django.db.models.deletion
from django.contrib.postgres.indexes import OpClass
from django.db import migrations, models
from django.db.models.functions import Upper

# A question and what replaces it lie in one market, as everything that belongs together does (0002_database_rules).
MARKETS = """
ALTER TABLE faq_faq ADD CONSTRAINT faq_and_market UNIQUE (id, market_id);
ALTER TABLE faq_faq ADD CONSTRAINT faq_is_replaced_in_its_own_market
    FOREIGN KEY (replaced_by_id, market_id) REFERENCES faq_faq (id, market_id) DEFERRABLE INITIALLY DEFERRED;
"""
NO_MARKETS = """
ALTER TABLE faq_faq DROP CONSTRAINT faq_is_replaced_in_its_own_market;
ALTER TABLE faq_faq DROP CONSTRAINT faq_and_market;
"""


def _beginnings(model: str, field: str) -> migrations.AddIndex:
    """The index by which names are found that begin with some letters, in whatever case."""
    words = OpClass(Upper(field), name="text_pattern_ops")
    return migrations.AddIndex(model_name=model, index=models.Index(words, name=f"{model}_{field}_begins"))


class Migration(migrations.Migration):
    dependencies = [
        ("chrome", "0002_hours_gate_sections_and_consent"),
        ("faq", "0003_roles"),
    ]

    operations = [
        migrations.AddField(
            model_name="drug",
            name="updated_at",
            # In two steps: a field that is set by itself would say of every drug that it changed just now.
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="drug",
            name="updated_at",
            field=models.DateTimeField(auto_now=True, null=True),
        ),
        _beginnings("drug", "name"),
        _beginnings("drug", "generic_name"),
        _beginnings("drugname", "name"),
        migrations.AddField(
            model_name="faq",
            name="common_id",
            field=models.SlugField(
                blank=True,
                help_text="The same question in several markets bears the same; leads from one market's page to another's.",
                max_length=120,
                verbose_name="common ID",
            ),
        ),
        migrations.AddField(
            model_name="faq",
            name="replaced_by",
            field=models.ForeignKey(
                blank=True,
                help_text="The question that answers this one now; shown once this one is withdrawn and that one is answered.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaces",
                to="faq.faq",
            ),
        ),
        migrations.AddConstraint(
            model_name="faq",
            constraint=models.UniqueConstraint(
                condition=models.Q(("common_id", ""), _negated=True),
                fields=("market", "common_id"),
                name="common_id_is_unique_in_its_market",
            ),
        ),
        migrations.AddConstraint(
            model_name="faq",
            constraint=models.CheckConstraint(
                condition=models.Q(("replaced_by", None), models.Q(("replaced_by", models.F("pk")), _negated=True), _connector="OR"),
                name="faq_is_not_its_own_replacement",
            ),
        ),
        migrations.RunSQL(MARKETS, NO_MARKETS),
    ]
