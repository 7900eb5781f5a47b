from django.db import migrations

from portal.lib.wholepages.announcing import Announce


class Migration(migrations.Migration):
    dependencies = [("search", "0006_gaps_that_mean_the_same")]

    operations = [
        Announce("search_searchentry"),
        Announce("search_searchname"),
        Announce("search_searchword"),
        Announce("search_learntabbreviation"),
        Announce("search_synonym"),
    ]
