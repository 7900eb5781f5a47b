"""Migrates as the owner of the tables, and gives the serving role what serving takes."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections, transaction

from portal.audit.guarding import grant
from portal.lib.database import connected_as_owner, has_two_roles


class Command(migrate.Command):
    """Django's own, as another role where there are two."""

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if not has_two_roles(connection.settings_dict):
            super().handle(*args, **options)
            return
        serving = connection.settings_dict["USER"]
        with connected_as_owner(connection):
            super().handle(*args, **options)
            with transaction.atomic(using=options["database"]):
                grant(connection, serving)
