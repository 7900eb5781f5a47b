"""What ties a medicine to an event: which stands first, and what stands between."""

from collections.abc import Iterator, Sequence

from portal.safety.screen.finding import Hit
from portal.safety.screen.reading import HARM, Event, Reading

# So many words may stand between an event and a medicine that belong together.
APART = 12
# How near to an event stands what says that it began.
_NEAR = 4

_Places = dict[str, frozenset[int]]


def ties(reading: Reading, medicines: Sequence[Hit], substances: Sequence[Hit]) -> set[str]:
    """The facts about how the medicines and the events of a sentence hang together.

    Of a substance, which is no known medicine, only is told that an event came after it: the rest is said of poisons.
    """
    places = {
        label: frozenset(hit.first for hit in reading.signs.get(label, ())) for label in ("link", "after", "began")
    }
    told = [event for event in reading.events if event.told and event.hit.label in HARM]
    found = {"induced" for drug in medicines if drug.after in places["link"]}
    found |= {name for event in told for drug in medicines for name in _tie(drug, event, places)}
    if medicines and any(_has_begun(event, places["began"]) for event in told):
        found.add("begun")
    if any("event_after" in _tie(substance, event, places) for event in told for substance in substances):
        found.add("event_after_substance")
    return found


def _tie(drug: Hit, event: Event, places: _Places) -> Iterator[str]:
    is_first = drug.after <= event.hit.first
    between = range(drug.after, event.hit.first) if is_first else range(event.hit.after, drug.first)
    if len(between) > APART:
        return
    if not places["link"].isdisjoint(between):
        yield "causing" if is_first else "caused_by"
    if not places["after"].isdisjoint(between) and not is_first:
        yield "event_after"
    if not places["began"].isdisjoint(between) and is_first:
        yield "begun_on"


def _has_begun(event: Event, began: frozenset[int]) -> bool:
    first, after = event.hit.first, event.hit.after
    return not began.isdisjoint(range(first - _NEAR, first)) or not began.isdisjoint(range(after, after + _NEAR))
