"""Questions without an answer stand beside those that mean the same, and tell which question was made of them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('faq', '0018_presence'),
        ('search', '0005_audit'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='searchgap',
            name='about',
            field=models.ForeignKey(help_text='The one searched in, or else the only one that the question names.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='faq.drug'),
        ),
        migrations.AddField(
            model_name='searchgap',
            name='faq',
            field=models.ForeignKey(blank=True, help_text='What was made of it.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='faq.faq'),
        ),
        migrations.AddField(
            model_name='searchgap',
            name='is_by_words',
            field=models.BooleanField(default=False, help_text='Whether its words alone say that it means the same.'),
        ),
        migrations.AddField(
            model_name='searchgap',
            name='leader',
            field=models.ForeignKey(help_text='Means the same, asked first.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='followers', to='search.searchgap'),
        ),
        migrations.AddField(
            model_name='searchgap',
            name='likeness',
            field=models.PositiveSmallIntegerField(help_text='How much it is like its leader, in percent.', null=True),
        ),
        migrations.AddField(
            model_name='searchgap',
            name='recipe',
            field=models.CharField(blank=True, help_text='How it was compared; empty: not yet.', max_length=80),
        ),
        migrations.AddField(
            model_name='searchgap',
            name='vector',
            field=models.BinaryField(help_text='Its meaning, as that of an entry of the index.', null=True),
        ),
        migrations.AddConstraint(
            model_name='searchgap',
            constraint=models.CheckConstraint(condition=models.Q(('leader', None), models.Q(models.Q(('leader', models.F('pk')), _negated=True), ('likeness__isnull', False), ('likeness__range', (1, 100))), _connector='OR'), name='a_search_gap_follows_another_and_says_how_alike'),
        ),
    ]
