#!/usr/bin/env python
"""Django's command line for the portal."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    if sys.argv[1:2] == ["runserver"]:
        # Only a developer types this; production runs `serve` or its own WSGI server.
        os.environ.setdefault("DEBUG", "1")
    # Told to the database, whose audit trail names the command where no person acts.
    os.environ.setdefault("PGAPPNAME", " ".join(["manage.py", *sys.argv[1:2]]))
    execute_from_command_line(sys.argv)
