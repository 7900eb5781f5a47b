from django.db import migrations

from portal.lib.wholepages.announcing import Announce


class Migration(migrations.Migration):
    dependencies = [("chrome", "0012_flagged_remarks_are_marked")]

    operations = [
        Announce("chrome_market"),
        Announce("chrome_navlink"),
        Announce("chrome_openinghours"),
        Announce("chrome_holiday"),
        Announce("chrome_page"),
        Announce("chrome_pageresource"),
        Announce("chrome_consenttext"),
    ]
