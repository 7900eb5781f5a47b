"""Tells monitoring whether the process is up and whether it can answer."""

from django.db import DEFAULT_DB_ALIAS, Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from faq.search.meaning import model
from portal.clock import state
from portal.lib.access import for_machines
from portal.safety import watching

# So many of the newest answers and entries are looked at, for this is asked every few seconds. What ruins an index,
# such as a rebuild that nobody ran, ruins theirs too; check_index looks at every one.
LOOKED_AT = 1000
_MISSING = """
SELECT count(*)
FROM (SELECT id FROM faq_faqversion WHERE status = 'published' ORDER BY id DESC LIMIT %s) AS newest
WHERE NOT EXISTS (SELECT FROM search_searchentry WHERE version_id = newest.id)
"""
_STALE = """
SELECT count(*)
FROM (SELECT version_id FROM search_searchentry ORDER BY faq_id DESC LIMIT %s) AS newest
WHERE NOT EXISTS (SELECT FROM faq_faqversion WHERE id = newest.version_id AND status = 'published')
"""


@for_machines
@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    """The process is up."""
    return _answer({"process": "up"}, ready=True)


@for_machines
@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """Whether database, migrations and search index are as they should be; 503 with the reason where not.

    Search goes on without its sentence model, so its being off, of which `meaning` gives the reason, is no such reason;
    nor is a command of the schedule that failed or is late, which `chores` names, nor what people have left undone:
    `safety` counts safety flags that are overdue, and texts that nobody has flagged.
    """
    checks: dict[str, str] = {}
    chores = safety = "unknown"
    try:
        checks["database"] = _database()
        checks["migrations"] = _migrations()
        checks["search"] = _search()
        chores = state.told()
        safety = watching.told()
    except Error as error:
        checks["database"] = f"cannot be read: {type(error).__name__}"
    ready = all(state == "ok" for state in checks.values())
    return _answer({**checks, "meaning": str(model.state()), "chores": chores, "safety": safety}, ready=ready)


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return "ok" if not missing else f"{len(missing)} not applied to {DEFAULT_DB_ALIAS}"


def _search() -> str:
    missing, stale = (_count(sql) for sql in (_MISSING, _STALE))
    problem = f"{missing} published answers are not indexed, {stale} entries are stale"
    return "ok" if missing == stale == "0" else problem


def _count(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql, [LOOKED_AT])
        count = cursor.fetchone()[0]
    return str(count) if count < LOOKED_AT else f"{count} or more"


def _answer(checks: dict[str, str], *, ready: bool) -> JsonResponse:
    response = JsonResponse({"ready": ready, **checks}, status=200 if ready else 503)
    response["Cache-Control"] = "no-store"
    return response
