"""Word files on their way to a draft, and who may bring them and take versions out as such."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from portal.accounts.roles import ADMINISTRATOR, ALL, APPROVER, AUTHOR, grant
from portal.audit import Watch

GRANTS = {
    AUTHOR: {"wordimport": ALL, "faqversion": ("export",)},
    APPROVER: {"wordimport": ("view",), "faqversion": ("export",)},
    ADMINISTRATOR: {"wordimport": ALL, "faqversion": ("export",)},
}


def give(apps, _schema_editor):
    grant(apps, "faq", GRANTS)


class Migration(migrations.Migration):

    dependencies = [
        ('faq', '0015_audit_moves'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='faqversion',
            options={'ordering': ['faq', '-number'], 'permissions': [('submit_faqversion', 'Can submit a version for review'), ('approve_faqversion', 'Can approve a version or send it back'), ('publish_faqversion', 'Can publish a version'), ('withdraw_faqversion', 'Can withdraw a version'), ('export_faqversion', 'Can export a version for reviewers outside')], 'verbose_name': 'version'},
        ),
        migrations.CreateModel(
            name='WordImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(max_length=200)),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256 of the file')),
                ('reading', models.JSONField(default=dict, help_text='What the file says; emptied once it is a draft.')),
                ('report', models.JSONField(default=list, help_text='What could not be carried over, what needs a look.')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('faq', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='word_imports', to='faq.faq', verbose_name='FAQ')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='word_import', to='faq.faqversion', verbose_name='draft')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='WordPicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField()),
                ('content', models.BinaryField()),
                ('word_import', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='faq.wordimport')),
            ],
            options={
                'ordering': ['word_import', 'order'],
            },
        ),
        migrations.AddConstraint(
            model_name='wordimport',
            constraint=models.CheckConstraint(condition=models.Q(('version', None), ('reading', {}), _connector='OR'), name='a_word_import_keeps_its_text_until_it_is_a_draft'),
        ),
        migrations.AddConstraint(
            model_name='wordpicture',
            constraint=models.UniqueConstraint(fields=('word_import', 'order'), name='a_word_picture_has_its_own_place'),
        ),
        # What a file says is recorded once it is a draft; until then it is nobody's wording.
        Watch(
            "faq_wordimport",
            label="this.file_name",
            place="'faq:' || this.faq_id || '/wordimport:' || this.id || '/'",
            action="CASE WHEN TG_OP = 'UPDATE' AND OLD.version_id IS NULL AND NEW.version_id IS NOT NULL THEN 'imported' END",
            without=["reading"],
        ),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
