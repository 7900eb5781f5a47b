from django.db import migrations

from portal.lib.wholepages.announcing import Announce


class Migration(migrations.Migration):
    dependencies = [("leaving", "0002_audit")]

    operations = [
        Announce("leaving_externalsite"),
        Announce("leaving_leavingnotice"),
    ]
