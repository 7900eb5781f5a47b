"""Stand-ins for the door: a revision that the test turns, and an application that tells how often it was asked."""

from typing import Any

from portal.lib.wholepages.serving import MAY_BE_KEPT, WholePages

HEADERS = [("Cache-Control", "public, s-maxage=30"), ("Vary", "Accept-Encoding, Sec-GPC"), ("ETag", 'W/"one"')]


class Turned:
    """A revision that stands where the test put it."""

    def __init__(self) -> None:
        self.number: int | None = 1

    def now(self) -> int | None:
        return self.number


class Told:
    """What came back: status, headers, body, and whether the application was asked for it."""

    def __init__(self, status: str, headers: list[tuple[str, str]], body: bytes, is_kept: bool) -> None:
        self.status, self.headers, self.body, self.is_kept = status, dict(headers), body, is_kept


class Door:
    """The door before an application whose answer the test says."""

    def __init__(self, room: int = 1_000_000) -> None:
        self.revision = Turned()
        self.asked = 0
        self.status, self.headers, self.body, self.may_be_kept = "200 OK", list(HEADERS), b"page", True
        self.door = WholePages(self._application, self.revision, room)  # type: ignore[arg-type]

    def get(self, path: str = "/us/", **environ: Any) -> Told:
        said: list[Any] = []
        before = self.asked
        told = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "HTTP_HOST": "localhost", **environ}
        body = b"".join(self.door(told, lambda *words: said.append(words)))
        return Told(*said[0][:2], body, self.asked == before)

    def _application(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        self.asked += 1
        if self.may_be_kept:
            environ[MAY_BE_KEPT] = True
        start_response(self.status, list(self.headers))
        return [self.body]
