
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
    ]
