"""`manage.py dbshell` on the embedded server, with the psql that comes with it."""

from collections.abc import Iterable
from typing import Any

from django.db.backends.postgresql import client

from .programs import program


class DatabaseClient(client.DatabaseClient):
    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: Iterable[str]
    ) -> tuple[list[str], dict[str, str] | None]:
        arguments, environment = super().settings_to_cmd_args_env(settings_dict, parameters)
        return [str(program("psql")), *arguments[1:]], environment

    def runshell(self, parameters: Iterable[str]) -> None:
        # Starts the server, and puts its address into the settings.
        self.connection.ensure_connection()
        super().runshell(parameters)
