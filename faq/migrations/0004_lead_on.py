"""Questions lead to the same one in other markets, and to what answers them once they are withdrawn."""

import django.db.models.deletion
from django.db import migrations, models

# A question and what replaces it lie in one market, as everything that belongs together does (0002_database_rules).
MARKETS = """
ALTER TABLE faq_faq ADD CONSTRAINT faq_and_market UNIQUE (id, market_id);
ALTER TABLE faq_faq ADD CONSTRAINT faq_is_replaced_in_its_own_market
    FOREIGN KEY (replaced_by_id, market_id) REFERENCES faq_faq (id, market_id) DEFERRABLE INITIALLY DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("chrome", "0002_hours_gate_sections_and_consent"),
        ("faq", "0003_roles"),
    ]

    operations = [
        migrations.AddField(
            model_name="drug",
            name="updated_at",
            field=models.DateTimeField(auto_now=True),
        ),
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
        migrations.RunSQL(MARKETS, migrations.RunSQL.noop),
    ]
