"""Tells monitoring whether the process is up and whether it can answer."""

from django.db import DEFAULT_DB_ALIAS, Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from faq.models import FaqVersion
from faq.search.models import SearchEntry
from portal.lib.access import for_machines


@for_machines
@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    """The process is up."""
    return _answer({"process": "up"}, ready=True)


@for_machines
@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """Whether database, migrations and search index are as they should be; 503 with the reason where not."""
    checks: dict[str, str] = {}
    try:
        checks["database"] = _database()
        checks["migrations"] = _migrations()
        checks["search"] = _search()
    except Error as error:
        checks["database"] = f"cannot be read: {type(error).__name__}"
    return _answer(checks, ready=all(state == "ok" for state in checks.values()))


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return "ok" if not missing else f"{len(missing)} not applied to {DEFAULT_DB_ALIAS}"


def _search() -> str:
    missing = FaqVersion.objects.published().exclude(pk__in=SearchEntry.objects.values("version")).count()
    stale = SearchEntry.objects.exclude(version__in=FaqVersion.objects.published()).count()
    return "ok" if not missing + stale else f"{missing} published answers are not indexed, {stale} entries are stale"


def _answer(checks: dict[str, str], *, ready: bool) -> JsonResponse:
    response = JsonResponse({"ready": ready, **checks}, status=200 if ready else 503)
    response["Cache-Control"] = "no-store"
    return response
