from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.RunSQL(
            # Unlogged: a crash may forget the counts, and the write costs a fraction.
            "CREATE UNLOGGED TABLE lib_ratelimit (key text PRIMARY KEY, hits integer NOT NULL, expires bigint NOT NULL);"
            "CREATE INDEX lib_ratelimit_expires ON lib_ratelimit (expires);",
            "DROP TABLE lib_ratelimit;",
        ),
    ]
