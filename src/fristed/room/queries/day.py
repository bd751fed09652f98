"""The service day as its page shows it, who is in the house now, and what has not ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fristed.ground.ids import Id, new_id
from fristed.ground.moments import Moment
from fristed.ground.site import Site, service_day
from fristed.ground.store import DatabaseStore
from fristed.journal.frame import Scene
from fristed.people.queries.sealed import opened_all
from fristed.room.acts.day import day_now
from fristed.room.models import DayRecord, Emergency, Stay, Step, Unplaced, Visit, Watch
from fristed.room.rules import day as rules
from fristed.staff.queries import OnDuty, on_duty, site_file
from fristed.staff.who import Who

LATELY = 8


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the opening check: how it stands, in a word; when someone looked."""

    item: str
    state: rules.State
    expires: str
    at: Moment | None
    dated: bool


@dataclass(frozen=True, slots=True)
class Today:
    """The service day: its check, its staff, and whether it would open without an override."""

    now: rules.DayNow
    overridden: bool
    items: tuple[Item, ...]
    staff: tuple[OnDuty, ...]  # began today
    earlier: tuple[OnDuty, ...]  # began on an earlier day: still here?
    unclosed: tuple[str, ...]  # earlier days that nobody has closed

    @property
    def ready(self) -> bool:
        return not rules.not_there(self.now) and self.now.needed is not None and self.now.staff >= self.now.needed


def today(who: Who, at: Moment) -> Today:
    """The service day at a moment."""
    file = site_file(who.site)
    day = service_day(file, at).isoformat()
    now = day_now(Scene(who.tap(new_id()), Site(who.site, file), DatabaseStore()), day)
    shift = on_duty(who.site)
    began = {duty.worker: service_day(file, duty.since).isoformat() for duty in shift}
    record = DayRecord.objects.filter(id=now.id).first()
    return Today(
        now,
        record is not None and record.overridden is not None,
        tuple(_item(item, now) for item in rules.OPENING_ITEMS),
        tuple(duty for duty in shift if began[duty.worker] == day),
        tuple(duty for duty in shift if began[duty.worker] != day),
        tuple(_unclosed(who.site, day)),
    )


@dataclass(frozen=True, slots=True)
class Here:
    """Someone in the house: the word they are called by, and where."""

    visit: Id
    word: str
    where: str  # place, recovery, waiting, here
    place: int | None
    since: Moment


def people_here(site: Id) -> list[Here]:
    """Who came and has not left: those in places by number, then recovery, the queue, everyone else."""
    rows = list(Visit.objects.filter(site=site, left=None))
    places = dict(
        Stay.objects.filter(site=site, freed=None, visit__in=[r.id for r in rows]).values_list("visit_id", "place")
    )
    words = opened_all((row.client_id or row.id, row.sealed) for row in rows)
    here = [
        Here(row.id, str(word.get("call_word", "")), _where(row, places), places.get(row.id), row.came)
        for row, word in zip(rows, words, strict=True)
    ]
    order = ("place", "recovery", "waiting", "here")
    return sorted(here, key=lambda h: (order.index(h.where), h.place or 0, h.since))


@dataclass(frozen=True, slots=True)
class Open:
    """One thing that has not ended: about whom (a call word, or empty), where, since when."""

    id: Id
    word: str
    what: str
    since: Moment


@dataclass(frozen=True, slots=True)
class StillOpen:
    """Everything that has not ended, of any day."""

    visits: tuple[Here, ...]
    watches: tuple[Open, ...]
    emergencies: tuple[Open, ...]
    debriefs: tuple[Open, ...]
    contested: tuple[Open, ...]
    doses: tuple[Open, ...]
    unplaced: int

    @property
    def nothing(self) -> bool:
        return not any((self.visits, self.watches, self.emergencies, self.debriefs, self.contested, self.unplaced))


def still_open(site: Id) -> StillOpen:
    """What a closing day leaves open. Cost follows what is open, never how long the history is."""
    raised = Emergency.objects.filter(site=site, debriefed=None, false_alarm=None).select_related("visit")
    watches = Watch.objects.filter(site=site, ended=None).select_related("visit")
    contested = Stay.objects.filter(site=site, freed=None, contested__isnull=False).select_related("visit")
    doses = Step.objects.filter(
        emergency__site=site,
        emergency__debriefed=None,
        emergency__false_alarm=None,
        kind="naloxone",
        micrograms=None,
        undone=None,
    ).select_related("emergency__visit")
    return StillOpen(
        tuple(people_here(site)),
        tuple(named((w.id, w.visit, w.why, w.since) for w in watches)),
        tuple(named((e.id, e.visit, e.spot, e.raised) for e in raised if e.ended is None)),
        tuple(named((e.id, e.visit, e.spot, e.raised) for e in raised if e.ended is not None)),
        tuple(named((s.id, s.visit, str(s.place), s.seated) for s in contested)),
        tuple(named((s.emergency_id, s.emergency.visit, s.product, s.at) for s in doses)),
        Unplaced.objects.filter(site_id=site, settled=None).count(),
    )


def left_lately(site: Id, day: str) -> list[Open]:
    """Who left last on this service day, newest first: the exit may have been a wrong tap."""
    gone = Visit.objects.filter(site=site, day=day, left__isnull=False).exclude(outcome="refused").order_by("-left")
    return named((row.id, row, row.exit, row.left or row.came) for row in gone[:LATELY])


def named(rows: Iterable[tuple[Id, Visit | None, str, Moment]]) -> list[Open]:
    """(id, visit, what, since) with the visit's call word, the keys in one query."""
    found = list(rows)
    sealed = [(visit.client_id or visit.id, visit.sealed) if visit else ("", "") for _, visit, _, _ in found]
    words = opened_all(sealed)
    return [
        Open(id, str(word.get("call_word", "")), what, since)
        for (id, _, what, since), word in zip(found, words, strict=True)
    ]


def _item(item: str, now: rules.DayNow) -> Item:
    check = now.checks.get(item)
    state = rules.state_of(item, check, now.day)
    seen = check.at if check else None
    return Item(item, state, check.expires if check else "", seen, item in rules.EXPIRING)


def _where(visit: Visit, places: dict[Id, int]) -> str:
    if visit.id in places:
        return "place"
    if visit.waiting is not None:
        return "waiting"
    return "recovery" if visit.admitted is not None else "here"


def _unclosed(site: Id, day: str) -> list[str]:
    """The newest earlier day, if it was opened and nobody has closed it."""
    last = DayRecord.objects.filter(site=site, day__lt=day, opened__isnull=False).order_by("-day").first()
    return [last.day] if last is not None and last.closed is None else []
