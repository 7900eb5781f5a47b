"""Notes what a page did that no page of this site may do."""

from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Error, Page, Request, Response

# How Chromium words an answer of 400 and above, which for a page itself is no fault: tests ask for such pages.
REFUSED = "Failed to load resource: the server responded with a status of"


class Watch:
    """Errors in the console, uncaught errors, and requests to other hosts, from its making on.

    Args:
        page: a page that has not been anywhere yet.
        host: name and port of the portal.
    """

    def __init__(self, page: Page, host: str) -> None:
        self._host = host
        self._console: list[tuple[str, str]] = []
        self._faults: list[str] = []
        self._refused_pages: set[str] = set()
        page.on("console", self._said)
        page.on("pageerror", self._failed)
        page.on("request", self._asked)
        page.on("response", self._answered)

    @property
    def faults(self) -> list[str]:
        """Everything that should not have happened, in words."""
        return [*self._faults, *(f"console at {url}: {text}" for text, url in self._console if self._counts(text, url))]

    def _counts(self, text: str, url: str) -> bool:
        return not (text.startswith(REFUSED) and url in self._refused_pages)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._console.append((message.text, message.location["url"]))

    def _failed(self, error: Error) -> None:
        self._faults.append(f"uncaught: {error}")

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme != "data" and address.netloc != self._host:
            self._faults.append(f"request to another host: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.request.is_navigation_request():
            self._refused_pages.add(response.url)
