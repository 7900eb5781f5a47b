"""What visitors searched for and what they did not find; who of staff reads it, and who keeps the synonyms."""

from typing import Any

import faq.search.models.log
from django.conf import settings
from django.db import migrations, models

from portal.accounts.roles import ADMINISTRATOR, ALL, APPROVER, AUTHOR, EDIT, FEEDBACK_REVIEWER, VIEW, grant

HOUR = """
ALTER TABLE search_searchevent
ADD CONSTRAINT a_search_event_tells_the_hour_only CHECK (extract(epoch FROM at) % 3600 = 0)
"""

# One statement groups and filters, so that a period, a market or a drug is sought out before anything is counted.
LINES = """
CREATE VIEW search_searchline AS
SELECT md5(concat_ws(' ', line.market_id, coalesce(line.drug_id, 0), line.key)) AS id, line.*,
    round(100.0 * least(line.opened, line.asked) / line.asked)::integer AS opened_share,
    round(100.0 * line.satisfied / nullif(line.satisfied + line.unsatisfied, 0))::integer AS satisfied_share,
    gap.id AS gap_id
FROM (
    SELECT period.days, event.market_id, event.drug_id, event.key,
        max(event.text) FILTER (WHERE event.kind = 'asked') AS text,
        count(*) FILTER (WHERE event.kind = 'asked') AS asked,
        count(*) FILTER (WHERE NOT event.answered) AS unanswered,
        count(*) FILTER (WHERE event.kind = 'opened') AS opened,
        count(*) FILTER (WHERE event.kind = 'satisfied') AS satisfied,
        count(*) FILTER (WHERE event.kind = 'unsatisfied') AS unsatisfied,
        max(event.at) FILTER (WHERE event.kind = 'asked') AS last_asked,
        coalesce(
            max(event.at) FILTER (WHERE NOT event.answered) >= max(event.at) FILTER (WHERE event.answered),
            bool_or(NOT event.answered)
        ) AS is_unanswered
    FROM (VALUES (7), (30), (90), (10000)) AS period (days)
        JOIN search_searchevent event ON event.at >= now() - make_interval(days => period.days)
    GROUP BY period.days, event.market_id, event.drug_id, event.key
    HAVING count(*) FILTER (WHERE event.kind = 'asked') > 0
) AS line
    LEFT JOIN search_searchgap gap
        ON gap.market_id = line.market_id AND gap.key = line.key AND gap.drug_id IS NOT DISTINCT FROM line.drug_id
"""

LISTS = ("searchline", "unansweredsearch", "unopenedsearch", "unsatisfiedsearch", "searchevent", "searchgap")
INDEX = ("searchentry", "searchword", "searchname", "learntabbreviation", "rebuild")
READ = {model: VIEW for model in (*LISTS, *INDEX, "synonym")}
WRITE = {"searchgap": ("view", "handle"), "synonym": EDIT}
GRANTS = {
    FEEDBACK_REVIEWER: READ,
    APPROVER: READ,
    AUTHOR: {**READ, **WRITE},
    ADMINISTRATOR: {**READ, **WRITE, "synonym": ALL},
}


def give(apps: Any, _schema_editor: Any) -> None:
    grant(apps, "search", GRANTS)


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0003_first_synonyms'),
        ('chrome', '0006_searches_are_kept_for_a_time'),
        ('faq', '0006_resources_lie_in_the_web'),
        ('accounts', '0001_initial'),
        ('contenttypes', '0002_remove_content_type_name'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchLine',
            fields=[
                ('id', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('days', models.PositiveIntegerField()),
                ('key', models.CharField(max_length=400)),
                ('text', models.CharField(max_length=400, verbose_name='question')),
                ('asked', models.PositiveIntegerField(verbose_name='times asked')),
                ('unanswered', models.PositiveIntegerField(verbose_name='times without an answer')),
                ('opened', models.PositiveIntegerField(verbose_name='answers opened')),
                ('satisfied', models.PositiveIntegerField(verbose_name='times satisfied')),
                ('unsatisfied', models.PositiveIntegerField(verbose_name='times not satisfied')),
                ('opened_share', models.PositiveSmallIntegerField()),
                ('satisfied_share', models.PositiveSmallIntegerField(null=True)),
                ('last_asked', models.DateTimeField()),
                ('is_unanswered', models.BooleanField(verbose_name='without an answer when it was last asked')),
            ],
            options={
                'verbose_name': 'search',
                'verbose_name_plural': 'searches: most asked',
                'db_table': 'search_searchline',
                'ordering': ['-asked', '-last_asked', 'id'],
                'managed': False,
                'default_permissions': ['view'],
            },
        ),
        migrations.CreateModel(
            name='UnansweredSearch',
            fields=[
            ],
            options={
                'verbose_name': 'search without an answer',
                'verbose_name_plural': 'searches: without an answer',
                'ordering': ['-unanswered', '-last_asked', 'id'],
                'proxy': True,
                'default_permissions': ['view'],
                'indexes': [],
                'constraints': [],
            },
            bases=('search.searchline',),
        ),
        migrations.CreateModel(
            name='UnopenedSearch',
            fields=[
            ],
            options={
                'verbose_name': 'search of which nothing was opened',
                'verbose_name_plural': 'searches: answers found, none opened',
                'ordering': ['-asked', '-last_asked', 'id'],
                'proxy': True,
                'default_permissions': ['view'],
                'indexes': [],
                'constraints': [],
            },
            bases=('search.searchline',),
        ),
        migrations.CreateModel(
            name='UnsatisfiedSearch',
            fields=[
            ],
            options={
                'verbose_name': 'search that did not satisfy',
                'verbose_name_plural': 'searches: opened, not satisfied',
                'ordering': ['-unsatisfied', '-last_asked', 'id'],
                'proxy': True,
                'default_permissions': ['view'],
                'indexes': [],
                'constraints': [],
            },
            bases=('search.searchline',),
        ),
        migrations.CreateModel(
            name='SearchEvent',
            fields=[
                ('id', models.BigIntegerField(default=faq.search.models.log.random_number, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='hour')),
                ('text', models.CharField(max_length=400)),
                ('key', models.CharField(help_text='The words in any order: the same for the same question.', max_length=400)),
                ('kind', models.CharField(choices=[('asked', 'Asked'), ('opened', 'Answer opened'), ('satisfied', 'Answer satisfied'), ('unsatisfied', 'Answer did not satisfy')], max_length=12)),
                ('results', models.PositiveIntegerField(help_text='How many answers were shown; of what was asked.', null=True)),
                ('answered', models.BooleanField(help_text='Whether an answer was found; of what was asked.', null=True)),
                ('drug', models.ForeignKey(blank=True, null=True, on_delete=models.CASCADE, related_name='+', to='faq.drug')),
                ('faq', models.ForeignKey(help_text='What was opened or judged.', null=True, on_delete=models.CASCADE, related_name='+', to='faq.faq')),
                ('market', models.ForeignKey(db_index=False, on_delete=models.CASCADE, related_name='+', to='chrome.market')),
            ],
            options={
                'ordering': ['-at', 'pk'],
                'default_permissions': ['view'],
                'indexes': [models.Index(fields=['market', 'at'], name='search_event_age'), models.Index(fields=['market', 'key'], name='search_event_key')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('key', ''), _negated=True)), name='a_search_has_words'), models.CheckConstraint(condition=models.Q(models.Q(('answered__isnull', False), ('faq', None), ('kind', 'asked'), ('results__isnull', False)), models.Q(('answered', None), ('faq__isnull', False), ('kind__in', ['opened', 'satisfied', 'unsatisfied']), ('results', None)), _connector='OR'), name='a_search_event_says_what_its_kind_tells')],
            },
        ),
        migrations.CreateModel(
            name='SearchGap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=400)),
                ('text', models.CharField(help_text='As it was first asked.', max_length=400, verbose_name='question')),
                ('asked', models.PositiveIntegerField(default=1, verbose_name='times asked')),
                ('first_asked', models.DateField()),
                ('last_asked', models.DateField()),
                ('state', models.CharField(choices=[('open', 'Open'), ('phrased', 'Phrasing added'), ('synonym', 'Synonym added'), ('drafted', 'Draft made'), ('dismissed', 'Dismissed')], default='open', max_length=10)),
                ('note', models.CharField(blank=True, help_text='Why, for colleagues.', max_length=300)),
                ('handled_at', models.DateTimeField(blank=True, null=True)),
                ('drug', models.ForeignKey(blank=True, help_text='The one searched in.', null=True, on_delete=models.CASCADE, related_name='+', to='faq.drug')),
                ('handled_by', models.ForeignKey(blank=True, null=True, on_delete=models.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('market', models.ForeignKey(db_index=False, on_delete=models.CASCADE, related_name='+', to='chrome.market')),
            ],
            options={
                'ordering': ['-last_asked', '-asked', 'pk'],
                'permissions': [('handle_searchgap', 'Can dismiss a gap and open it again')],
                'default_permissions': ['view'],
                'indexes': [models.Index(fields=['market', 'last_asked'], name='search_gap_age')],
                'constraints': [models.UniqueConstraint(fields=('market', 'drug', 'key'), name='a_search_gap_is_there_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('key', ''), _negated=True)), name='a_search_gap_has_words'), models.CheckConstraint(condition=models.Q(('asked__gte', 1), ('last_asked__gte', models.F('first_asked'))), name='a_search_gap_was_asked'), models.CheckConstraint(condition=models.Q(('state', 'open'), ('handled_at__isnull', False), _connector='OR'), name='a_handled_search_gap_says_when')],
            },
        ),
        migrations.RunSQL(HOUR, migrations.RunSQL.noop),
        migrations.RunSQL(LINES, "DROP VIEW search_searchline"),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
