
import portal.lib.addresses
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('faq', '0005_image_webp'),
    ]

    operations = [
        migrations.AlterField(
            model_name='relatedresource',
            name='url',
            field=models.URLField(blank=True, max_length=2000, validators=[portal.lib.addresses.web_only], verbose_name='address'),
        ),
    ]
