from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('chrome', '0010_safety_mailbox_gets_links'),
    ]

    operations = [
        migrations.AddField(
            model_name='market',
            name='export_flagged',
            field=models.CharField(choices=[('left-out', 'Left out until somebody has read them for safety'), ('marked', 'Exported, and marked in their column')], default='left-out', help_text='What visitors wrote may report harm. Left out, it leaves the portal in no file before triage.', max_length=10, verbose_name='remarks that wait for safety triage, in exports'),
        ),
    ]
