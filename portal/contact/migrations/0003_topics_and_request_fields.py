"""Topics become rows, and an inquiry learns the fields of a request for medical information and of a report."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('chrome', '0001_initial'),
        ('contact', '0002_roles'),
        ('faq', '0003_roles'),
    ]

    operations = [
        migrations.CreateModel(
            name='InquiryTopic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(help_text='Names the topic in links: /us/contact/?topic=adverse-event', max_length=40)),
                ('name', models.CharField(help_text='As visitors read it, in the language of the market.', max_length=80)),
                ('hint', models.CharField(blank=True, help_text='One line below the name.', max_length=200)),
                ('kind', models.CharField(choices=[('medical', 'Medical question'), ('adverse-event', 'Adverse event'), ('complaint', 'Product complaint'), ('other', 'Other')], help_text='Adverse events and complaints open the safety report and go to the safety mailbox as well.', max_length=20)),
                ('mailbox', models.EmailField(blank=True, help_text="Empty: the market's inquiry mailbox.", max_length=254)),
                ('reply_within', models.CharField(blank=True, help_text='Follows the word within, for example: two business days.', max_length=60)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('is_offered', models.BooleanField(default=True, help_text='A topic that is in use is not deleted but offered no longer.', verbose_name='offered to visitors')),
                ('market', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='inquiry_topics', to='chrome.market')),
            ],
            options={
                'ordering': ['market', 'order', 'name'],
            },
        ),
        migrations.AddConstraint(
            model_name='inquirytopic',
            constraint=models.UniqueConstraint(fields=('market', 'key'), name='topic_key_is_unique_in_its_market'),
        ),
        migrations.RenameField(
            model_name='inquiry',
            old_name='topic',
            new_name='topic_key',
        ),
        migrations.AlterField(
            model_name='inquiry',
            name='topic_key',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='topic',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inquiries', to='contact.inquirytopic'),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='acknowledged',
            field=models.BooleanField(default=False, editable=False, verbose_name='acknowledgement sent'),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='colleague_name',
            field=models.CharField(blank=True, max_length=120, verbose_name='asked for'),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='colleague_profession',
            field=models.CharField(blank=True, choices=[('physician', 'Physician'), ('pharmacist', 'Pharmacist'), ('nurse', 'Nurse or nurse practitioner'), ('physician-assistant', 'Physician assistant'), ('other', 'Other healthcare professional')], max_length=20, verbose_name='their profession'),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='concerns_patient',
            field=models.BooleanField(blank=True, null=True, verbose_name='about a particular patient'),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='formulation',
            field=models.CharField(blank=True, max_length=120, verbose_name='formulation or strength'),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='indication',
            field=models.CharField(blank=True, max_length=200, verbose_name='indication or use in question'),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='involves_adverse_event',
            field=models.BooleanField(blank=True, null=True, verbose_name='an adverse event'),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='involves_complaint',
            field=models.BooleanField(blank=True, null=True, verbose_name='a complaint about the quality of a product'),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='involves_exposure',
            field=models.BooleanField(blank=True, null=True, verbose_name='exposure during pregnancy or breast-feeding'),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='is_unsolicited',
            field=models.BooleanField(default=False, verbose_name='confirmed to ask on own initiative'),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='licence_number',
            field=models.CharField(blank=True, max_length=40, validators=[django.core.validators.RegexValidator('^(?=.*[0-9])[0-9A-Za-z][0-9A-Za-z ./-]{2,39}\\Z', 'Use letters, digits, spaces, dots, hyphens and slashes, with at least one digit.')], verbose_name='license or registration number'),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='literature_wanted',
            field=models.BooleanField(default=False, verbose_name='wants copies of the literature'),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='lot_number',
            field=models.CharField(blank=True, max_length=40, verbose_name='lot number'),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='may_contact',
            field=models.BooleanField(blank=True, null=True, verbose_name='may be contacted about the report'),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='onset',
            field=models.CharField(blank=True, max_length=60, verbose_name='when did it begin?'),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='outcome',
            field=models.CharField(blank=True, choices=[(None, 'Not known'), ('recovered', 'Recovered'), ('recovering', 'Recovering'), ('lasting', 'Recovered with lasting effects'), ('not-recovered', 'Not recovered'), ('fatal', 'Died')], max_length=16, verbose_name='how is the patient now?'),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='patient_age_group',
            field=models.CharField(blank=True, choices=[(None, 'Not known'), ('unborn', 'Before birth'), ('newborn', 'Newborn, up to 27 days'), ('infant', '28 days to 23 months'), ('child', '2 to 11 years'), ('adolescent', '12 to 17 years'), ('adult', '18 to 64 years'), ('elderly', '65 years or older')], max_length=12, verbose_name='age of the patient'),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='patient_sex',
            field=models.CharField(blank=True, choices=[(None, 'Not known'), ('female', 'Female'), ('male', 'Male')], max_length=8, verbose_name='sex of the patient'),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='region',
            field=models.CharField(blank=True, max_length=80, verbose_name='state or country'),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='reply_by',
            field=models.CharField(choices=[('email', 'In writing'), ('phone', 'By phone')], default='email', max_length=8, verbose_name='answer wanted'),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='specialty',
            field=models.CharField(blank=True, max_length=120, verbose_name='specialty'),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='urgency',
            field=models.CharField(choices=[('routine', 'Routine'), ('one-day', 'Within one business day'), ('urgent', 'Urgent: a patient is waiting')], default='routine', max_length=10),
        ),
        migrations.AlterField(
            model_name='inquiry',
            name='drug',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inquiries', to='faq.drug', verbose_name='product'),
        ),
        migrations.AlterField(
            model_name='inquiry',
            name='email',
            field=models.EmailField(blank=True, max_length=254, verbose_name='e-mail'),
        ),
        migrations.AlterField(
            model_name='inquiry',
            name='name',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AlterField(
            model_name='inquiry',
            name='organisation',
            field=models.CharField(blank=True, max_length=160, verbose_name='institution or practice'),
        ),
        migrations.AlterField(
            model_name='inquiry',
            name='phone',
            field=models.CharField(blank=True, max_length=40, verbose_name='phone'),
        ),
        migrations.AlterField(
            model_name='inquiry',
            name='profession',
            field=models.CharField(blank=True, choices=[('physician', 'Physician'), ('pharmacist', 'Pharmacist'), ('nurse', 'Nurse or nurse practitioner'), ('physician-assistant', 'Physician assistant'), ('other', 'Other healthcare professional')], max_length=20),
        ),
    ]
