from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("lib", "0001_ratelimit")]

    operations = [
        migrations.RunSQL(
            "CREATE TABLE lib_daysalt (day date PRIMARY KEY, salt bytea NOT NULL CHECK (length(salt) = 32));",
            "DROP TABLE lib_daysalt;",
        ),
    ]
