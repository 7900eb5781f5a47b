"""What a reference is found by, and whether it still stands."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from faq.citations import csl, likeness


def derive(apps, _schema_editor):
    reference_model = apps.get_model("faq", "Reference")
    rows = list(reference_model.objects.all())
    for row in rows:
        kind = csl.field(row.csl, "type")
        row.kind = kind if kind in csl.KINDS else ""
        row.pmid, row.nct = csl.pmid(row.csl), csl.registry_number(row.csl)
        row.author, row.words = likeness.author(row.csl)[:200], likeness.words(row.key, row.csl)
    reference_model.objects.bulk_update(rows, ["kind", "pmid", "nct", "author", "words"], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('faq', '0007_review_requests'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='reference',
            options={'ordering': ['key'], 'permissions': [('supersede_reference', 'Can say that another reference takes the place of one'), ('retract_reference', 'Can mark a reference as retracted')]},
        ),
        migrations.AddField(
            model_name='reference',
            name='author',
            field=models.CharField(blank=True, editable=False, max_length=200, verbose_name='first author, folded'),
        ),
        migrations.AddField(
            model_name='reference',
            name='kind',
            field=models.CharField(blank=True, choices=[('article-journal', 'Journal article'), ('book', 'Book'), ('chapter', 'Chapter of a book'), ('document', 'Label, data on file or other document'), ('paper-conference', 'Conference paper'), ('report', 'Report'), ('speech', 'Poster or talk'), ('webpage', 'Web page or trial registry')], editable=False, max_length=20),
        ),
        migrations.AddField(
            model_name='reference',
            name='nct',
            field=models.CharField(blank=True, editable=False, max_length=11, verbose_name='NCT number'),
        ),
        migrations.AddField(
            model_name='reference',
            name='notice_url',
            field=models.URLField(blank=True, editable=False, max_length=500, verbose_name='address of the retraction notice'),
        ),
        migrations.AddField(
            model_name='reference',
            name='pmid',
            field=models.CharField(blank=True, editable=False, max_length=8, verbose_name='PMID'),
        ),
        migrations.AddField(
            model_name='reference',
            name='standing',
            field=models.CharField(choices=[('current', 'Current'), ('superseded', 'Superseded'), ('retracted', 'Retracted')], default='current', editable=False, max_length=10),
        ),
        migrations.AddField(
            model_name='reference',
            name='standing_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='reference',
            name='standing_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reference',
            name='standing_reason',
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.AddField(
            model_name='reference',
            name='successor',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='faq.reference'),
        ),
        migrations.AddField(
            model_name='reference',
            name='words',
            field=models.TextField(blank=True, editable=False, help_text='What a search looks through, folded.'),
        ),
        migrations.RunPython(derive, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='reference',
            index=models.Index(django.db.models.functions.text.Upper('doi'), name='reference_by_doi'),
        ),
        migrations.AddIndex(
            model_name='reference',
            index=models.Index(fields=['pmid'], name='reference_by_pmid'),
        ),
        migrations.AddIndex(
            model_name='reference',
            index=models.Index(fields=['nct'], name='reference_by_nct'),
        ),
        migrations.AddIndex(
            model_name='reference',
            index=models.Index(fields=['author', 'year'], name='reference_by_author_and_year'),
        ),
        migrations.AddIndex(
            model_name='reference',
            index=models.Index(fields=['year'], name='reference_by_year'),
        ),
        migrations.AddIndex(
            model_name='reference',
            index=models.Index(condition=models.Q(('standing', 'current'), _negated=True), fields=['standing'], name='references_that_fell'),
        ),
        migrations.AddIndex(
            model_name='reference',
            index=django.contrib.postgres.indexes.GinIndex(models.Func(models.Func(models.F('words'), models.Value(' '), function='string_to_array'), function='array_to_tsvector', output_field=django.contrib.postgres.search.SearchVectorField()), fastupdate=False, name='reference_by_word'),
        ),
        migrations.AddConstraint(
            model_name='reference',
            constraint=models.CheckConstraint(condition=models.Q(('standing__in', ['current', 'superseded', 'retracted'])), name='reference_standing_is_known'),
        ),
        migrations.AddConstraint(
            model_name='reference',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('standing', 'superseded'), ('successor__isnull', False)), models.Q(models.Q(('standing', 'superseded'), _negated=True), ('successor', None)), _connector='OR'), name='only_a_superseded_reference_has_a_successor'),
        ),
        migrations.AddConstraint(
            model_name='reference',
            constraint=models.CheckConstraint(condition=models.Q(('successor', None), models.Q(('successor', models.F('id')), _negated=True), _connector='OR'), name='no_reference_supersedes_itself'),
        ),
        migrations.AddConstraint(
            model_name='reference',
            constraint=models.CheckConstraint(condition=models.Q(('standing', 'current'), models.Q(models.Q(('standing_reason', ''), _negated=True), ('standing_at__isnull', False)), _connector='OR'), name='a_reference_that_fell_says_why_and_when'),
        ),
    ]
