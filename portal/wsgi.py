"""The WSGI door for production servers."""

import os

from portal.lib import door

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = door.application()
