from django.db import migrations, models


class Migration(migrations.Migration):
    # Images that are stored already have none and stay as they are: a stored image never changes.
    dependencies = [("faq", "0004_lead_on")]

    operations = [
        migrations.AddField(
            model_name="image",
            name="webp",
            field=models.BinaryField(
                help_text="For browsers that take it; the pixels are the same.",
                null=True,
                verbose_name="the same as WebP",
            ),
        ),
    ]
