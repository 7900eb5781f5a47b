"""Tells the proxies in front of the portal to forget its pages, as soon as something that pages show has changed."""

import http.client
import logging
import time
from threading import Event
from urllib.parse import urlsplit

from portal.lib.wholepages.revision import Revision

logger = logging.getLogger(__name__)

# Seconds between looks at the revision, and before a proxy that did not answer is told again.
LOOK = 0.1
AGAIN = 1.0
# Seconds after a change at which a proxy is told. A page that was begun before the change may reach it after the first.
AFTER = (0.0, 1.0, 5.0)
# Seconds that a proxy has to answer.
PATIENCE = 2.0
METHOD = "BAN"
KEY_HEADER = "X-Portal-Key"


class Proxy:
    """One proxy by its address. Of each revision it is told AFTER, and again until it said that it heard."""

    def __init__(self, address: str, key: str) -> None:
        self._address = urlsplit(address)
        self._key = key
        self._revision = -1
        self._due: list[float] = []
        self._complained = False

    def tell(self, revision: int, now: float) -> None:
        """Has the proxy forget what it must not know any more at `revision`; `now` in seconds."""
        if self._revision != revision:
            self._revision, self._due = revision, [now + after for after in AFTER]
        if not self._due or now < self._due[0]:
            return
        problem = self._ban()
        if problem:
            self._due[0] = now + AGAIN
        else:
            self._due = [at for at in self._due if at > now]
        if problem and not self._complained:
            logger.error("the proxy at %s keeps pages that changed: %s", self._address.netloc, problem)
        elif self._complained and not problem:
            logger.warning("the proxy at %s hears again", self._address.netloc)
        self._complained = bool(problem)

    def _ban(self) -> str:
        """What went wrong; "" where the proxy forgot everything."""
        connection = http.client.HTTPConnection(self._address.netloc, timeout=PATIENCE)
        try:
            connection.request(METHOD, self._address.path or "/", headers={KEY_HEADER: self._key})
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException) as error:
            return type(error).__name__
        finally:
            connection.close()
        return "" if status == 200 else f"it answered {status}"


def follow(revision: Revision, proxy: Proxy, stop: Event) -> None:
    """Keeps `proxy` told until `stop` is set.

    While the database cannot be heard nothing is told; the revision is another one when it is heard again.
    """
    while not stop.wait(LOOK):
        number = revision.now()
        if number is not None:
            proxy.tell(number, time.monotonic())
