"""A product that no list names, and what staff should know of an inquiry's handling."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contact', '0005_every_inquiry_has_a_topic'),
    ]

    operations = [
        migrations.AddField(
            model_name='inquiry',
            name='note',
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='product_named',
            field=models.CharField(blank=True, max_length=200, verbose_name='product, as the sender named it'),
        ),
    ]
