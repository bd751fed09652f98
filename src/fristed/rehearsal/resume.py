"""Takes an invented service up again from what its database holds: who is known, who is here, what is open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from fristed.ground.act import NURSE, RECEPTION, ROOM_WORKER, Role
from fristed.ground.ids import Id
from fristed.ground.models import Site
from fristed.ground.moments import MINUTE, Moment, local
from fristed.journal.models import Entry
from fristed.people.models import Client, Exclusion
from fristed.rehearsal.hands import Hands
from fristed.rehearsal.history import AWAKE, lively
from fristed.rehearsal.life import BEFORE_OPENING, Life
from fristed.rehearsal.roomfile import RoomFile
from fristed.rehearsal.stage import Story
from fristed.room.models import DayRecord, Emergency, Place, Stay, Visit
from fristed.staff.models import Worker


def crew_of(site: Id) -> dict[Role, Id]:
    """The invented posts by role."""
    return {worker.role: worker.id for worker in Worker.objects.filter(site=site, until=None)}


def life_of(room: RoomFile, hands: Hands, *, seed: int) -> Life:
    """The life of the one invented site, knowing everybody who has come so far."""
    site = Site.objects.get(slug=room.slug).id
    life = Life(room, site, hands, crew_of(site), seed=seed)
    life.clients = list(Client.objects.filter(site=site).order_by("registered", "id").values_list("id", flat=True))
    numbers = {client: number for number, client in enumerate(life.clients)}
    came = Visit.objects.filter(site=site, client__isnull=False).exclude(outcome="refused").order_by("came")
    life.crowd.visits.extend(numbers[client] for client in came.values_list("client_id", flat=True) if client)
    barred = Exclusion.objects.filter(client__site=site, ended=None).values_list("client_id", "until")
    life.barred = {numbers[client]: until for client, until in barred}
    life.crowd.known = len(life.clients)
    return life


def last_recorded(site: Id) -> Moment:
    """The last moment that the journal holds."""
    newest = Entry.objects.filter(site=site).order_by("-seq").first()
    assert newest is not None, "a site begins with an entry"
    last: Moment = max(newest.happened, newest.recorded)
    return last


def lively_moment(life: Life, wanted: Moment, earliest: Moment) -> Moment:
    """The last moment up to the wanted one at which the room is lively; the next one where that has passed."""
    at, _ = lively(life.room, wanted)
    return at if at > earliest else _after(life, earliest)


def _after(life: Life, earliest: Moment) -> Moment:
    """A little after what is recorded; after closing, just before the next opening."""
    day = local(earliest, life.file.zone).date() - timedelta(days=1)
    while True:
        opens, closes = life.file_opening(day)
        if earliest < opens - BEFORE_OPENING:
            return opens - BEFORE_OPENING - MINUTE
        if earliest < closes - AWAKE:
            return earliest + MINUTE
        day += timedelta(days=1)


def tidy_up(life: Life) -> Iterator[Story]:
    """Stories that end what an earlier life left open: emergencies, stays, visits, places to wipe."""
    here = {"site": life.site}
    for emergency in Emergency.objects.filter(**here, debriefed=None, false_alarm=None):
        yield _end_emergency(life, emergency.id, ended=emergency.ended is not None)
    for visit in Visit.objects.filter(**here, left=None):
        yield _see_off(life, visit.id)
    held = set(Stay.objects.filter(**here, freed=None, contested=None).values_list("place", flat=True))
    dirty = set(Place.objects.filter(**here, cleaning__isnull=False).values_list("number", flat=True))
    for place in sorted(held | dirty):
        life.stage.free.pop(place, None)
        yield _wipe_later(life, place)


def opened(site: Id, day: date) -> bool:
    """Whether this service day was opened already."""
    return DayRecord.objects.filter(site=site, day=day.isoformat(), opened__isnull=False).exists()


def _end_emergency(life: Life, id: Id, *, ended: bool) -> Story:
    if not ended:
        yield life.after(6)
        life.tap(NURSE, "room.end_emergency", emergency=id, person_now="recovery")
    yield life.after(15)
    life.tap(NURSE, "room.debrief", emergency=id, outcome="recovered_here", attribution=("not_known",))


def _see_off(life: Life, visit: Id) -> Story:
    yield life.after(8 + 20 * life.chance.uniform("see off", visit))
    life.tap(RECEPTION, "room.leave_house", visit=visit, how="unseen")


def _wipe_later(life: Life, place: int) -> Story:
    yield life.after(30)
    life.tap(ROOM_WORKER, "room.clean", place=place)
    life.stage.give_back(place)
