"""Places: seat, leave, move, clean, close. One person in one place; a place that two tablets gave is contested."""

from __future__ import annotations

from dataclasses import dataclass

from fristed.ground.act import CARE, Objection, Put, Verdict, add, amend
from fristed.ground.ids import Id, derived_id
from fristed.ground.moments import Moment
from fristed.room.rules.door import Visit, before_visit, gone


@dataclass(frozen=True, slots=True)
class PlaceNow:
    """A place at this moment. `routes` is None where the site has no such place."""

    id: Id
    number: int
    known: bool  # the row exists
    routes: tuple[str, ...] | None
    taken_by: str = ""  # who sits there, in words for staff; empty when free
    cleaning: Moment | None = None
    closed: Moment | None = None


@dataclass(frozen=True, slots=True)
class Seating:
    """What is true when someone is to be seated."""

    visit: Visit
    place: PlaceNow
    consumption: Id | None  # the newest declared one that has not ended
    route: str
    seated_at: int | None  # the place this person already has
    paused: bool = False  # an emergency is running and the site pauses admissions


def seat(site: Id, now: Seating, stay: Id, at: Moment) -> Verdict:
    """A person takes a place. Contested when the place or the person is already taken: kept for a person to settle."""
    visit, place = now.visit, now.place
    clash = bool(place.taken_by) or now.seated_at is not None
    puts = (
        add(
            "room_stay",
            stay,
            site_id=site,
            visit_id=visit.id,
            consumption_id=now.consumption,
            place=place.number,
            seated=at,
            contested=at if clash else None,
        ),
        amend("room_visit", visit.id, outcome="admitted", waiting=None, called=at, admitted=at),
    )
    return Verdict(stay, puts, subject=visit.subject).but(
        unknown_place(place),
        gone(visit),
        before_visit(visit, at),
        taken(place),
        _elsewhere(now),
        _undeclared(now),
        _shut(place),
        _wrong_route(now),
        _paused(now),
    )


@dataclass(frozen=True, slots=True)
class StayNow:
    """A stay at this moment, with the consumption that brought the person here."""

    id: Id
    place: int
    seated: Moment
    freed: Moment | None
    consumption: Id | None = None
    contested: Moment | None = None


def leave(visit: Visit, stay: StayNow, place: PlaceNow, at: Moment, used: Id | None = None) -> Verdict:
    """A person leaves the place; it waits to be wiped. Whoever is watched stays watched.

    `used`: the consumption that goes on in this place; it is over with it.
    """
    puts: tuple[Put, ...] = (amend("room_stay", stay.id, freed=at),)
    if used is not None:
        puts += (amend("room_consumption", used, ended=at),)
    if stay.contested is None:
        puts += (amend("room_place", place.id, cleaning=at),)
    return Verdict(stay.id, puts, subject=visit.subject).but(_freed(stay), _before_seat(stay, at))


def move(site: Id, visit: Visit, stay: StayNow, old: PlaceNow, now: Seating, key: Id, at: Moment) -> Verdict:
    """A person changes places in one act."""
    left = leave(visit, stay, old, at)
    sat = seat(site, now, key, at)
    return Verdict(key, left.puts + sat.puts, left.objections + sat.objections, subject=visit.subject)


def settle_contested(visit: Visit, stay: StayNow, number: int, at: Moment, *, free: bool) -> Verdict:
    """A person decided what really happened: this stay was in this place, or it was over by now."""
    row = amend("room_stay", stay.id, freed=at) if free else amend("room_stay", stay.id, contested=None, place=number)
    return Verdict(stay.id, (row,), subject=visit.subject).but(_not_contested(stay))


def clean(place: PlaceNow) -> Verdict:
    """A place is wiped and free again."""
    return Verdict(place.id, (amend("room_place", place.id, cleaning=None),)).but(unknown_place(place))


def close(place: PlaceNow, at: Moment, reason: str) -> Verdict:
    """A place is taken out of use."""
    row = amend("room_place", place.id, closed=at, closed_reason=reason)
    return Verdict(place.id, (row,)).but(unknown_place(place), taken(place))


def reopen(place: PlaceNow) -> Verdict:
    """A closed place is used again."""
    row = amend("room_place", place.id, closed=None, closed_reason="")
    return Verdict(place.id, (row,)).but(unknown_place(place))


def place_id(site: Id, number: int) -> Id:
    """The id of a numbered place's row: follows from site and number."""
    return derived_id(site, f"place/{number}")


def unknown_place(place: PlaceNow) -> Objection | None:
    """An objection to a place that the site does not have."""
    if place.routes is not None:
        return None
    return Objection(
        "unknown_place", "There is no place {place} here.", recordable=False, values={"place": place.number}
    )


def taken(place: PlaceNow) -> Objection | None:
    """An objection to a place where someone sits: who."""
    if not place.taken_by:
        return None
    values: dict[str, str | int] = {"place": place.number, "who": place.taken_by}
    return Objection("place_taken", "Place {place} is taken: {who}. Choose another place.", values=values)


def _elsewhere(now: Seating) -> Objection | None:
    if now.seated_at is None:
        return None
    sentence = "This person already has place {place}. Move them instead."
    return Objection("seated_elsewhere", sentence, values={"place": now.seated_at})


def _undeclared(now: Seating) -> Objection | None:
    if now.consumption is not None:
        return None
    return Objection("not_declared", "Ask what and how before giving a place.", override_by=CARE)


def _shut(place: PlaceNow) -> Objection | None:
    if place.closed is not None:
        return Objection("place_closed", "Place {place} is closed.", override_by=CARE, values={"place": place.number})
    if place.cleaning is not None:
        sentence = "Place {place} has not been wiped yet."
        return Objection("place_not_clean", sentence, override_by=CARE, values={"place": place.number})
    return None


def _wrong_route(now: Seating) -> Objection | None:
    routes = now.place.routes
    if routes is None or not now.route or now.route in routes:
        return None
    sentence = "Place {place} is not for this way of using."
    return Objection("wrong_route", sentence, override_by=CARE, values={"place": now.place.number})


def _paused(now: Seating) -> Objection | None:
    if not now.paused:
        return None
    sentence = "An emergency is running; nobody new is seated until it ends."
    return Objection("emergency_running", sentence, override_by=CARE)


def _freed(stay: StayNow) -> Objection | None:
    return None if stay.freed is None else Objection("already_left_place", "This person has already left the place.")


def _before_seat(stay: StayNow, at: Moment) -> Objection | None:
    if at >= stay.seated:
        return None
    return Objection("before_seat", "This is earlier than the person took the place. Check the time.")


def _not_contested(stay: StayNow) -> Objection | None:
    return None if stay.contested is not None else Objection("not_contested", "There is nothing to settle here.")
