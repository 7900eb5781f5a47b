"""Django's PostgreSQL backend on the embedded server, which it starts at the first connection."""

from typing import Any

from django.db.backends.postgresql import base

from .client import DatabaseClient
from .server import Server, server_of


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes two settings of its own: EMBEDDED_DIRECTORY, the server's folder, and EMBEDDED_DURABLE."""

    client_class = DatabaseClient

    @property
    def server(self) -> Server:
        own = self.settings_dict
        return server_of(own["EMBEDDED_DIRECTORY"], durable=own["EMBEDDED_DURABLE"])

    def get_connection_params(self) -> dict[str, Any]:
        self.server.ensure()
        self.settings_dict.update(self.server.address)
        return super().get_connection_params()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        try:
            return super().get_new_connection(conn_params)
        except self.Database.OperationalError:
            if self.server.answers():
                raise
            # The server was killed a moment ago: its last processes lived on while `ensure` looked.
            self.server.start()
            return super().get_new_connection(conn_params)
