
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('chrome', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('receipt', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('remembers_reading', models.BooleanField(verbose_name='remembers what was read, on the device')),
                ('opted_out', models.BooleanField(verbose_name='opted out of sale and sharing')),
                ('by_signal', models.BooleanField(verbose_name='the browser sent Global Privacy Control')),
                ('decided_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['-decided_at'],
            },
        ),
        migrations.CreateModel(
            name='ConsentText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('effective', models.DateField(default=django.utils.timezone.localdate, help_text='The first day on which it is shown.')),
                ('text', models.TextField(help_text='Plain text; a blank line starts a paragraph.')),
            ],
            options={
                'ordering': ['market', '-number'],
            },
        ),
        migrations.CreateModel(
            name='Holiday',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('name', models.CharField(max_length=80)),
            ],
            options={
                'ordering': ['market', 'day'],
            },
        ),
        migrations.CreateModel(
            name='OpeningHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')], validators=[django.core.validators.MaxValueValidator(6)])),
                ('opens', models.TimeField()),
                ('closes', models.TimeField()),
            ],
            options={
                'verbose_name': 'opening hours',
                'verbose_name_plural': 'opening hours',
                'ordering': ['market', 'weekday', 'opens'],
            },
        ),
        migrations.CreateModel(
            name='PageResource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=300)),
                ('kind', models.CharField(choices=[('publication', 'Publication'), ('poster', 'Poster'), ('presentation', 'Presentation'), ('video', 'Video'), ('event', 'Event'), ('other', 'Further material')], max_length=20)),
                ('date', models.DateField(blank=True, help_text='When it was published, shown, or takes place.', null=True)),
                ('congress', models.CharField(blank=True, max_length=200)),
                ('url', models.URLField(blank=True, max_length=500)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('order', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ['page', 'order', '-date', 'title'],
            },
        ),
        # What stood there as one text goes on standing below the hours.
        migrations.RenameField(
            model_name='market',
            old_name='medical_phone_hours',
            new_name='medical_phone_note',
        ),
        migrations.AddField(
            model_name='market',
            name='gate',
            field=models.CharField(choices=[('none', 'Everybody reads at once'), ('attest', 'Visitors say that they are healthcare professionals'), ('account', 'Visitors sign in')], default='none', help_text='What stands before medical pages; never before pages marked as open, contact and safety reports.', max_length=10),
        ),
        migrations.AddField(
            model_name='market',
            name='gate_accept_label',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='market',
            name='gate_days',
            field=models.PositiveSmallIntegerField(default=90, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(365)], verbose_name='days that an attestation is remembered'),
        ),
        migrations.AddField(
            model_name='market',
            name='gate_decline_label',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='market',
            name='gate_decline_page',
            field=models.SlugField(blank=True, help_text='The open page for visitors who decline, for example public-information.', max_length=60),
        ),
        migrations.AddField(
            model_name='market',
            name='gate_text',
            field=models.TextField(blank=True, help_text='Plain text; a blank line starts a paragraph.'),
        ),
        migrations.AddField(
            model_name='market',
            name='gate_title',
            field=models.CharField(blank=True, max_length=160),
        ),
        migrations.AlterField(
            model_name='market',
            name='medical_phone_note',
            field=models.CharField(blank=True, help_text='A line below the hours, which are rows of their own.', max_length=120),
        ),
        migrations.AddField(
            model_name='page',
            name='is_open',
            field=models.BooleanField(default=True, help_text="Readable before the market's gate, as legal pages have to be.", verbose_name='open to everybody'),
        ),
        migrations.AddField(
            model_name='page',
            name='order',
            field=models.PositiveSmallIntegerField(default=0, help_text='Its place among the pages of its section.'),
        ),
        migrations.AddField(
            model_name='page',
            name='section',
            field=models.ForeignKey(blank=True, help_text='The page that lists this one, such as Science.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sub_pages', to='chrome.page'),
        ),
        migrations.AlterField(
            model_name='market',
            name='name',
            field=models.CharField(help_text='As its people write it, for example Deutschland.', max_length=80),
        ),
        migrations.AddConstraint(
            model_name='market',
            constraint=models.CheckConstraint(condition=models.Q(('gate', 'none'), models.Q(('gate_title', ''), ('gate_text', ''), _connector='OR', _negated=True), _connector='OR'), name='a_gate_says_what_it_asks'),
        ),
        migrations.AddConstraint(
            model_name='market',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('gate', 'attest'), _negated=True), models.Q(('gate_accept_label', ''), ('gate_decline_label', ''), ('gate_decline_page', ''), _connector='OR', _negated=True), _connector='OR'), name='an_attestation_can_be_declined'),
        ),
        migrations.AddConstraint(
            model_name='page',
            constraint=models.CheckConstraint(condition=models.Q(('section', None), models.Q(('section', models.F('pk')), _negated=True), _connector='OR'), name='page_is_not_its_own_section'),
        ),
        migrations.AddField(
            model_name='consent',
            name='market',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='chrome.market'),
        ),
        migrations.AddField(
            model_name='consenttext',
            name='market',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consent_texts', to='chrome.market'),
        ),
        migrations.AddField(
            model_name='consent',
            name='text',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='chrome.consenttext', verbose_name='text shown'),
        ),
        migrations.AddField(
            model_name='holiday',
            name='market',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holidays', to='chrome.market'),
        ),
        migrations.AddField(
            model_name='openinghours',
            name='market',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opening_hours', to='chrome.market'),
        ),
        migrations.AddField(
            model_name='pageresource',
            name='page',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='resources', to='chrome.page'),
        ),
        migrations.AddConstraint(
            model_name='consenttext',
            constraint=models.UniqueConstraint(fields=('market', 'number'), name='consent_text_number_is_unique_in_its_market'),
        ),
        migrations.AddConstraint(
            model_name='holiday',
            constraint=models.UniqueConstraint(fields=('market', 'day'), name='holiday_is_listed_once'),
        ),
        migrations.AddConstraint(
            model_name='openinghours',
            constraint=models.CheckConstraint(condition=models.Q(('closes__gt', models.F('opens'))), name='hours_close_after_they_open'),
        ),
        migrations.AddConstraint(
            model_name='openinghours',
            constraint=models.CheckConstraint(condition=models.Q(('weekday__lte', 6)), name='weekday_is_one_of_seven'),
        ),
        migrations.AddConstraint(
            model_name='openinghours',
            constraint=models.UniqueConstraint(fields=('market', 'weekday', 'opens'), name='hours_open_once_at_a_time'),
        ),
    ]
