
import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('chrome', '0003_consents_never_change'),
    ]

    operations = [
        migrations.AlterField(
            model_name='market',
            name='inquiry_mailbox',
            field=models.EmailField(help_text='Inquiries are sent here whose topic names no mailbox of its own.', max_length=254),
        ),
        migrations.AlterField(
            model_name='market',
            name='language_tag',
            field=models.CharField(default='en-US', help_text='Such as de-DE. The interface has English and German; in any other language it speaks English.', max_length=20, validators=[django.core.validators.RegexValidator('^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$')]),
        ),
        migrations.AlterField(
            model_name='pageresource',
            name='url',
            field=models.URLField(blank=True, max_length=500, validators=[django.core.validators.URLValidator(schemes=['http', 'https'])]),
        ),
    ]
