"""Writes a checked folder to the database, in one transaction."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import transaction

from faq import restoring
from faq.models import Image
from faq.models.workflow import Status
from faq.portable import what
from faq.portable.checking import Checker, answers, called, digest_in, image_of
from faq.portable.comparing import Comparison
from faq.portable.documents import Unreadable
from faq.portable.reading import Reader, Row
from faq.portable.values import nothing
from portal.accounts.models import User
from portal.audit import note
from portal.chrome.models import Market
from portal.lib.portable import Table

_BATCH = 200
Pairs = list[tuple[Row, Any]]
Which = Callable[[Table], bool]


def _every(_table: Table) -> bool:
    return True


class Restorer:
    """Writes rows, and remembers under which primary keys those are that others name."""

    def __init__(self, checker: Checker, compared: Comparison) -> None:
        self.folder, self.surroundings, self.compared = checker.folder, checker.surroundings, compared
        self.market: Market | None = compared.market
        self.new_people: list[str] = []
        self._keys: dict[str, dict[Any, Any]] = defaultdict(dict)
        self._late: dict[tuple[Table, Any], Pairs] = defaultdict(list)

    @transaction.atomic
    def run(self, each: Callable[[int], object] = lambda _: None) -> None:
        """Writes everything that the comparison found missing; `each` hears of answers done."""
        for table in what.own_files():
            if table.model == what.IMAGE:
                self._images()
            elif table.model == what.FAQ:
                self._answers(each)
            elif table.model != what.VERSION:
                self._surroundings(table)
        self._write_late()
        if self.compared.market is None and self.market is not None:
            Market.objects.get(pk=self.market.pk).clean()
        note(
            "import",
            "content",
            f"Content of {self.market}",
            facts={"manifest": self.folder.digest, **self.folder.counts},
        )

    def _surroundings(self, table: Table) -> None:
        known = self.compared.held(table)
        self._keys[table.model].update(known)
        rows = [row for row in self.surroundings[table.model] if row.key not in known]
        for start in range(0, len(rows), _BATCH):
            self._insert(table, rows[start : start + _BATCH])

    def _images(self) -> None:
        paths = Reader(self.folder).paths(what.IMAGES)
        for start in range(0, len(paths), 20):
            Image.objects.keep(image_of(self.folder, path) for path in paths[start : start + 20])
        self._keys[what.IMAGE] = {digest_in(path): digest_in(path) for path in paths}

    def _answers(self, each: Callable[[int], object]) -> None:
        self._keys[what.FAQ].update(self.compared.held(what.FAQS))
        batch: list[tuple[list[Row], list[Row]]] = []
        reader = Reader(self.folder)
        for faqs, versions in answers(reader):
            if reader.problems:
                raise Unreadable(str(reader.problems[0]))
            new = [row for row in faqs if row.key not in self._keys[what.FAQ] and row.key not in self.compared.left]
            batch.append((new, [row for row in versions if called(row) in self.compared.wanted or new]))
            if len(batch) == _BATCH:
                self._write_batch(batch)
                each(len(batch))
                batch = []
        self._write_batch(batch)
        each(len(batch))

    def _write_batch(self, batch: Sequence[tuple[list[Row], list[Row]]]) -> None:
        new = [row for faqs, _ in batch for row in faqs]
        written = self._insert(what.FAQS, new, which=lambda table: not _names_versions(table))
        # The first version of each question, then the second of each, for a later one takes the place of the former.
        rounds = max((len(versions) for _, versions in batch), default=0)
        for number in range(rounds):
            self._write_versions([versions[number] for _, versions in batch if number < len(versions)])
        self._insert_inside(what.FAQS, written, _names_versions)

    def _write_versions(self, rows: Sequence[Row]) -> None:
        states = [Status(row.values["status"]) for row in rows]
        for row in rows:
            row.values["status"] = Status.DRAFT
        pairs = self._insert(what.VERSIONS, rows, _is_of_draft)
        signatures = [inside.name for inside in what.children(what.VERSIONS) if not _is_of_draft(inside)]
        recorded = [
            restoring.Recorded(version, state, any(row.inside[name] for name in signatures))
            for (row, version), state in zip(pairs, states, strict=True)
        ]
        restoring.restore(
            recorded, lambda: self._insert_inside(what.VERSIONS, pairs, lambda table: not _is_of_draft(table))
        )

    def _insert(self, table: Table, rows: Sequence[Row], which: Which = _every) -> Pairs:
        """Writes rows, and inside of them those of the tables that `which` chooses."""
        pairs = [(row, self._made(row)) for row in rows]
        self._create(table, pairs)
        self._insert_inside(table, pairs, which)
        return pairs

    def _insert_inside(self, table: Table, pairs: Pairs, which: Which = _every) -> None:
        for inside in filter(which, what.children(table)):
            below = [(child, self._made(child, parent)) for row, parent in pairs for child in row.inside[inside.name]]
            self._create(inside, below)
            self._insert_inside(inside, below)

    def _create(self, table: Table, pairs: Pairs) -> None:
        if not pairs:
            return
        model = what.model(table)
        model._default_manager.bulk_create(made for _, made in pairs)
        self._keep_times(table, pairs)
        for one in what.fields(table):
            if one.many_to_many:
                self._link(table, one, pairs)
            elif what.is_late(table, one):
                self._late[table, one] += [(row, made) for row, made in pairs if row.get(one.name) != nothing(one)]
        if table.key:
            self._keys[table.model].update({called(row): made.pk for row, made in pairs})

    def _made(self, row: Row, parent: Any = None) -> Any:
        model: Any = what.model(row.table)
        made: Any = User(is_active=False) if row.table.model == what.USER else model()
        for one in what.fields(row.table):
            if not (one.many_to_many or what.is_late(row.table, one)):
                setattr(made, one.attname, self._value(row, one))
        if parent is not None:
            setattr(made, row.table.parent, parent)
        elif row.table.parent:
            one = model._meta.get_field(row.table.parent)
            setattr(made, one.attname, self._value(row, one))
        return self._completed(row.table, made)

    def _value(self, row: Row, one: Any) -> Any:
        """What a column holds for what a file says."""
        key = row.get(one.name)
        return self._keys[what.target(row.table, one.name)][key] if one.is_relation and key is not None else key

    def _completed(self, table: Table, made: Any) -> Any:
        if table.model == what.MARKET:
            made.code = self.compared.code
            made.is_default = made.is_default and not Market.objects.filter(is_default=True).exists()
            self.market = made
        elif any(one.name == "market" for one in made._meta.concrete_fields) and table.parent != "market":
            made.market = self.market
        if isinstance(made, User):
            made.set_unusable_password()
            self.new_people.append(made.username)
        if hasattr(made, "derive"):
            made.derive()
        return made

    def _keep_times(self, table: Table, pairs: Pairs) -> None:
        """Writes again the times that a row takes by itself when it is made."""
        own = [
            one.name
            for one in what.fields(table)
            if getattr(one, "auto_now", False) or getattr(one, "auto_now_add", False)
        ]
        if own:
            for row, made in pairs:
                for name in own:
                    setattr(made, name, row.values[name])
            what.model(table)._default_manager.bulk_update([made for _, made in pairs], own, batch_size=_BATCH)

    def _link(self, table: Table, one: Any, pairs: Pairs) -> None:
        through, here, there = one.remote_field.through, one.m2m_field_name(), one.m2m_reverse_field_name()
        keys = self._keys[what.target(table, one.name)]
        links = [
            through(**{f"{here}_id": made.pk, f"{there}_id": keys[key]})
            for row, made in pairs
            for key in row.keys[one.name]
        ]
        through._default_manager.bulk_create(links)

    def _write_late(self) -> None:
        for table in {table for table, _ in self._late}:
            late = {one: pairs for (other, one), pairs in self._late.items() if other is table}
            made = {id(row): row for pairs in late.values() for _, row in pairs}
            for one, pairs in late.items():
                for row, other in pairs:
                    if not one.is_relation or row.get(one.name) in self._keys[what.target(table, one.name)]:
                        setattr(other, one.attname, self._value(row, one))
            names = [one.name for one in late]
            what.model(table)._default_manager.bulk_update(made.values(), names, batch_size=_BATCH)


def _is_of_draft(table: Table) -> bool:
    return table.state == Status.DRAFT


def _names_versions(table: Table) -> bool:
    relations: Iterable[str] = (one.name for one in what.fields(table) if one.is_relation)
    return any(what.target(table, name) == what.VERSION for name in relations)
