"""Addresses of related resources grow: real ones of more than 500 characters exist."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("faq", "0003_roles")]

    operations = [
        migrations.AlterField(
            model_name="relatedresource",
            name="url",
            field=models.URLField(blank=True, max_length=2000, verbose_name="address"),
        ),
    ]
