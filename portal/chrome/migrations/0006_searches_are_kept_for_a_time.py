"""How long a market keeps what visitors searched for."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('chrome', '0005_resources_lie_in_the_web'),
    ]

    operations = [
        migrations.AddField(
            model_name='market',
            name='search_days',
            field=models.PositiveSmallIntegerField(default=180, help_text="What visitors searched for, without identity; the market's privacy statement has to say the same.", validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(730)], verbose_name='days that searches are kept'),
        ),
        migrations.AddConstraint(
            model_name='market',
            constraint=models.CheckConstraint(condition=models.Q(('search_days__range', (1, 730))), name='searches_are_kept_for_a_time'),
        ),
    ]
