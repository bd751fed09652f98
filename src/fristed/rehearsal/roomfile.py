"""A room file: an invented service in numbers, each with its source. TOML in, `RoomFile` out.

Lengths of time are minutes, shares are 0 to 1. A published column says whether the life reads it (input) or is
compared with it (outcome).
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from fristed.ground.site import Clock, Identification, NaloxoneRoute, Name, Route, Slug
from fristed.ground.site_faults import faults
from fristed.rehearsal.around import Checking, Door, Street
from fristed.rehearsal.figures import Curve, Figure, Mix, Part, Source

HERE = Path(__file__).parent / "data"


class RoomFileError(ValueError):
    """What is wrong in a room file, where, and what to do."""


class Hours(Part, frozen=True):
    """Opening on every day; a close at or before the opening is on the next day."""

    opens: Clock
    closes: Clock
    source: Source


class Places(Part, frozen=True):
    """So many places that serve these routes."""

    count: Annotated[int, Meta(ge=1, le=200)]
    routes: tuple[Route, ...]
    source: Source


class Naloxone(Part, frozen=True):
    """A product on the emergency page."""

    name: Name
    route: NaloxoneRoute
    micrograms: int
    source: Source


class Published(Part, frozen=True):
    """A published column: values by month ("2025-01") or up to a day ("2025-08-31")."""

    column: str
    kind: Literal["input", "outcome"]
    unit: str
    values: dict[str, float]
    source: Source


class Payday(Part, frozen=True):
    """Days of the month on which more people come, and how many times as many."""

    days: tuple[int, ...]
    factor: float
    source: Source


class Arrivals(Part, frozen=True):
    """How many registered people come on an average day, and when. Without `per_day`: the published accesses."""

    by_hour: Curve
    by_weekday: Curve
    payday: Payday
    without_code: Figure  # further visits without a code, per registered visit
    per_day: Figure | None = None


class Persons(Part, frozen=True):
    """Who comes again: the chance that visit n+1 is a new person's is ((n + scale) / scale) ** -decline."""

    scale: Figure
    decline: Figure
    same_day: Figure  # share of visits by someone who was already here that day
    men: Figure


class Purpose(Part, frozen=True):
    """The share of visits that are for using a place: a mean over the year, and a swing around it."""

    consume: Figure
    swing: Figure
    peak_day: Figure  # day of the year at which the share is highest
    second_use: Figure  # share of those that use a second time in the same visit


class Stay(Part, frozen=True):
    """How long a place is kept, seated to wiped."""

    mean: Figure
    variation: Figure  # coefficient of variation; 1 with shape exponential
    turnover: Figure  # minutes of it for wiping
    started: Curve  # the earliest and the latest share of the stay after which use begins
    shape: Literal["lognormal", "exponential"] = "lognormal"


class Times(Part, frozen=True):
    """Minutes before and after a place."""

    declaring: Figure  # from the door to the declaration
    recovery: Figure  # after the place
    recovery_variation: Figure
    service: Figure  # of a visit for something else
    patience: Figure | None = None  # mean wait before giving up; none: everybody waits


class Emergencies(Part, frozen=True):
    """How often, how bad, where, of which kind."""

    per_1000: Figure  # consumptions
    grade: Mix  # stimulation, oxygen, ventilation, naloxone, ambulance
    spot: Mix  # place, recovery
    kind: Mix
    after: Figure  # minutes from use to the first sign
    lasts: Figure  # minutes from the alarm to the end
    breaths: Curve  # per minute, measured first and last
    oxygen: Curve  # SpO2 percent, measured first and last


class Offers(Part, frozen=True):
    """What else is given in the house."""

    services: Mix
    referral: Figure  # per visit
    referrals: Mix
    accepted: Figure
    needles: Figure  # packs out per injecting visit
    naloxone_kit: Figure  # share of visits that leave with one


class House(Part, frozen=True):
    """Words of the site file that hold no numbers."""

    identification: Identification = "alias"
    languages: tuple[Literal["en", "da", "de"], ...] = ("en",)
    house_rules: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    referrals: tuple[str, ...] = ()
    emergency_pauses_admission: bool = False


class RoomFile(Part, frozen=True):
    """An invented service."""

    slug: Slug
    name: Name
    about: str
    zone: str
    country: str
    hours: Hours
    places: tuple[Places, ...]
    arrivals: Arrivals
    persons: Persons
    purpose: Purpose
    substances: Mix
    routes: dict[str, Mix]  # by substance, or any
    stay: dict[Route, Stay]
    times: Times
    answers: dict[str, Mix]
    exits: Mix
    emergencies: Emergencies
    offers: Offers
    door: Door | None = None  # without it nobody is turned away or excluded
    checking: Checking | None = None  # without it no sample is taken in
    street: Street | None = None  # without it nobody looks outside
    house: House = House()
    closing: Literal["serve", "send_home"] = "send_home"  # what happens to who waits when the door shuts
    minimum_staff: Figure | None = None
    stay_limit: dict[Route, Figure] = {}
    naloxone: tuple[Naloxone, ...] = ()
    published: tuple[Published, ...] = ()
    first_day: date | None = None

    def column(self, name: str, kind: Literal["input", "outcome"]) -> Published | None:
        """A published column of this kind."""
        return next((p for p in self.published if (p.column, p.kind) == (name, kind)), None)


def rooms() -> list[str]:
    """The names of the rooms that come with Fristed."""
    return sorted(path.stem for path in HERE.glob("*.toml"))


_WHERE = f"The rooms that come with Fristed are {', '.join(rooms())}; a file of your own ends in .toml."


def read_room(name: str) -> RoomFile:
    """A room by its name, or a file of one's own. Raises RoomFileError with a sentence that helps."""
    path = Path(name) if name.endswith(".toml") else HERE / f"{name}.toml"
    try:
        return parse_room(path.read_text(encoding="utf-8"), str(path))
    except OSError as error:
        raise RoomFileError(f"{name}: there is no such room ({error.strerror}). {_WHERE}") from error
    except UnicodeDecodeError as error:
        raise RoomFileError(f"{name}: is not text in UTF-8. Save it anew as UTF-8.") from error


def parse_room(text: str, where: str = "room file") -> RoomFile:
    """As `read_room`, from text. Tells all faults at once, a line each."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RoomFileError(f"{where}: not valid TOML: {error}.") from error
    if "place_count" in raw:
        raise RoomFileError(
            f"{where}: this is a site file, which describes a real room for 'fristed init --site'. A room file "
            "describes an invented service in numbers: how many people come and when, how long they stay, what "
            f"happens; each with its source. docs/manual/room-file.md shows one. {_WHERE}"
        )
    _refuse(faults(raw, RoomFile), where)
    room = msgspec.convert(raw, RoomFile)
    _refuse(_problems(room), where)
    return room


def _refuse(found: list[str], where: str) -> None:
    if found:
        raise RoomFileError("\n".join(f"{where}: {fault}" for fault in found))


def open_hours(room: RoomFile) -> int:
    """Whole hours from opening to closing."""
    opens, closes = int(room.hours.opens[:2]), int(room.hours.closes[:2])
    return closes - opens if closes > opens else closes - opens + 24


def _problems(room: RoomFile) -> list[str]:
    found: list[str] = []
    hours = open_hours(room)
    if len(room.arrivals.by_hour.values) != hours:
        found.append(f"arrivals.by_hour has {len(room.arrivals.by_hour.values)} values, but it is open {hours} hours.")
    if len(room.arrivals.by_weekday.values) != 7:
        found.append("arrivals.by_weekday needs seven values, Monday first.")
    if room.arrivals.per_day is None and room.column("accesses", "input") is None:
        found.append("arrivals.per_day is missing, and there is no published input column 'accesses' either.")
    served = {route for group in room.places for route in group.routes}
    wanted = {route for mix in room.routes.values() for route in mix.parts}
    for route in sorted(wanted - served):
        found.append(f"routes: people come to {route}, but no place serves it. Add places or drop the route.")
    for route in sorted(wanted - set(room.stay)):
        found.append(f"stay: how long people {route} is missing.")
    if "any" not in room.routes and set(room.substances.parts) - set(room.routes):
        found.append("routes: give a mix for every substance, or one for 'any'.")
    return found
