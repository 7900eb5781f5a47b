"""When the commands of the schedule last ran; they run by themselves, so staff change nothing here."""

from django.contrib import admin
from django.utils.safestring import SafeString

from portal.clock.models import Chore
from portal.clock.schedule import SCHEDULE
from portal.clock.state import is_wrong
from portal.lib.admin import ReadOnly, StaffAdmin, badge
from portal.lib.landing import shelve

TURNS = {turn.command: turn for turn in SCHEDULE}


@admin.register(Chore)
class ChoreAdmin(ReadOnly, StaffAdmin):
    list_display = ["command", "turn", "begun_at", "took", "result", "machine"]
    fields = ["command", "turn", "result", "begun_at", "ended_at", "machine", "problem", "said"]
    readonly_fields = ["turn", "result"]

    @admin.display(description="runs", empty_value="no longer")
    def turn(self, chore: Chore) -> str | None:
        return str(TURNS[chore.command]) if chore.command in TURNS else None

    @admin.display(empty_value="")
    def took(self, chore: Chore) -> str | None:
        return f"{(chore.ended_at - chore.begun_at).total_seconds():.1f} s" if chore.ended_at else None

    def result(self, chore: Chore) -> SafeString:
        turn = TURNS.get(chore.command)
        wrong = is_wrong(turn, chore) if turn else ""
        if wrong:
            return badge("chore", "wrong", wrong.removeprefix("is ").capitalize())
        return badge("chore", "done", "Done") if chore.ended_at else badge("chore", "runs", "Running")


shelve("Site", 70, Chore)
