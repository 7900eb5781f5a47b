"""What the application is told, whatever server stands before it."""

from portal.lib.door import alone


def test_it_tells_the_portal_nothing_of_the_process(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://portal:secret@database/portal")
    monkeypatch.setenv("HTTP_PROXY", "http://proxy/")
    told = {}
    door = alone(lambda environ, _start: told.update(environ) or [])
    door(
        {"DATABASE_URL": "postgresql://portal:secret@database/portal", "HTTP_PROXY": "http://proxy/", "PATH_INFO": "/"},
        print,
    )
    assert told == {"PATH_INFO": "/"}


def test_it_leaves_a_header_of_the_same_name_alone(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://proxy/")
    told = {}
    alone(lambda environ, _start: told.update(environ) or [])({"HTTP_PROXY": "a header"}, print)
    assert told == {"HTTP_PROXY": "a header"}
