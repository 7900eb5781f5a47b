"""What of a checked folder is here already, and where the two differ."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from faq.models import Faq, FaqVersion
from faq.models.workflow import FROZEN, OPEN
from faq.portable import documents, what
from faq.portable.checking import Checker, answers, called
from faq.portable.folder import Problem
from faq.portable.gathering import Gatherer
from faq.portable.reading import Reader, Row
from faq.portable.writing import of_market
from portal.chrome.models import Market
from portal.lib.portable import Table

_MANY = 500
_WORDING = ("question", "short_answer", "body")


class Comparison:
    """What an import would find: `problems` forbid it, `kept` says what stays as it is here."""

    def __init__(self, checker: Checker, code: str, *, update: bool) -> None:
        self.checker, self.code, self.update = checker, code, update
        self.market = Market.objects.filter(code=code).first()
        self.problems: list[Problem] = []
        self.kept: list[Problem] = []
        # Questions that are not written at all, and versions that are added to questions which are here.
        self.left: set[str] = set()
        self.wanted: set[str] = set()
        self._held: dict[str, dict[Any, Any]] = {}

    def run(self) -> None:
        """Compares everything."""
        if self.market and not self.update:
            advice = "--as writes it under another code, --update adds what is missing here"
            self.problems.append(Problem("market.yaml", "code", f"the market {self.code} is here already; {advice}"))
            return
        for table in what.own_files():
            if table.model not in {what.FAQ, what.VERSION, what.IMAGE} and (table.shared or self.market):
                self._compare(table)
        if self.market:
            self._compare_answers(self.market)

    def held(self, table: Table) -> dict[Any, Any]:
        """The rows that are here already: their primary keys by what they are called."""
        if table.model == what.FAQ and self.market:
            return dict(Faq.objects.filter(market=self.market).values_list("content_id", "pk"))
        return self._held.get(table.model, {})

    def _compare(self, table: Table) -> None:
        rows = {row.key: row for row in self.checker.surroundings[table.model]}
        held = self._held[table.model] = {}
        for one, told in self._here(table, rows):
            key = self.code_of(table, told)
            held[key] = one.pk
            if key in rows and not self._is_same(table, told, rows[key].told):
                where = rows[key]
                sentence = f"{_said(key)} reads differently here" + (", and stays so" if self.update else "")
                complaint = Problem(where.path, where.place.rstrip("."), sentence)
                (self.kept if self.update or table.model == what.USER else self.problems).append(complaint)

    def code_of(self, table: Table, told: dict[str, Any]) -> Any:
        """What a row that is here is called in the folder."""
        if table.model == what.MARKET:
            return self.checker.folder.market
        found = tuple(told.get(name) for name in table.key)
        return found[0] if len(found) == 1 else found

    def _is_same(self, table: Table, here: dict[str, Any], there: dict[str, Any]) -> bool:
        apart = {"code", "is_default"} if table.model == what.MARKET else set()
        names = (here.keys() | there.keys()) - apart
        return all(here.get(name) == there.get(name) for name in names)

    def _here(self, table: Table, rows: dict[Any, Row]) -> Iterator[tuple[Any, dict[str, Any]]]:
        every = of_market(table, self.market) if self.market or table.shared else None  # type: ignore[arg-type]
        if every is None:
            return
        yield from _as_read(table, list(every.filter(**{f"{table.key[0]}__in": list(rows)}) if table.shared else every))

    def _compare_answers(self, market: Market) -> None:
        held: dict[str, dict[int, FaqVersion]] = defaultdict(dict)
        for version in _versions(market):
            held[version.faq.content_id][version.number] = version
        faqs = list(Faq.objects.filter(market=market))
        taken = {name: set[Any](getattr(faq, name) for faq in faqs) for name in ("number", "common_id")}
        facts = {faq.content_id: told for faq, told in _as_read(what.FAQS, faqs)}
        for rows, versions in answers(Reader(self.checker.folder)):
            for row in rows:
                if row.key in facts:
                    self._compare_faq(row, facts[row.key])
                    self._compare_versions(versions, held[row.key])
                else:
                    self._compare_new(row, taken)

    def _compare_faq(self, row: Row, here: dict[str, Any]) -> None:
        if not self._is_same(what.FAQS, here, row.told):
            self.kept.append(Problem(row.path, "", "the question's facts read differently here, and stay so"))

    def _compare_new(self, row: Row, taken: dict[str, set[Any]]) -> None:
        for name, values in taken.items():
            if row.values[name] and row.values[name] in values:
                self.left.add(row.key)
                sentence = f"{row.values[name]} belongs to another question here: this one is left out"
                self.kept.append(Problem(row.path, name, sentence))

    def _compare_versions(self, rows: Iterable[Row], here: dict[int, FaqVersion]) -> None:
        for row in rows:
            other = here.get(row.values["number"])
            frozen = row.values["status"] in FROZEN
            if other is None:
                self._compare_missing(row, here)
            elif frozen and other.status in FROZEN and row.values["content_sha256"] != other.content_sha256:
                sentence = "another wording was published here under this number: one of the two histories is wrong"
                self.problems.append(Problem(row.path, "content_sha256", sentence))
            elif row.values["status"] != other.status:
                sentence = f"is {row.values['status']} in the folder and {other.status} here, and stays so"
                self.kept.append(Problem(row.path, "status", sentence))
            elif not frozen and any(row.values[name] != getattr(other, name) for name in _WORDING):
                self.kept.append(Problem(row.path, "", "the draft reads differently here, and stays so"))

    def _compare_missing(self, row: Row, here: dict[int, FaqVersion]) -> None:
        busy = any(version.status in OPEN for version in here.values())
        if row.values["status"] in OPEN and not busy and row.values["number"] > max(here, default=0):
            self.wanted.add(called(row))
            return
        why = "staff are working on another version here" if busy else "it would change what is published here"
        self.kept.append(Problem(row.path, "", f"is not added: {why}"))


def _as_read(table: Table, rows: Sequence[Any]) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Each row that is here, with what a file of it would say, as if it had been read."""
    for start in range(0, len(rows), _MANY):
        batch = rows[start : start + _MANY]
        told = Gatherer().documents(table, batch)
        yield from zip(batch, (documents.load(documents.dump(one)) for one in told), strict=True)


def _versions(market: Market) -> Iterable[FaqVersion]:
    return FaqVersion.objects.filter(faq__market=market).select_related("faq").defer("rendered_body")


def _said(key: Any) -> str:
    return " ".join(str(part) for part in key if part) if isinstance(key, tuple) else str(key)
