from django.db import migrations

from portal.lib.wholepages.announcing import Announce


class Migration(migrations.Migration):
    dependencies = [("contact", "0010_inquiry_forgotten_at")]

    operations = [Announce("contact_inquirytopic")]
