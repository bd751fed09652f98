"""What one visit will be, before it is lived: pure, from the room file and the streams of chance. Times are minutes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from fristed.rehearsal.chance import Chance, exponential, lognormal
from fristed.rehearsal.roomfile import RoomFile, Stay

_YEAR_DAYS = 365.25


@dataclass(frozen=True, slots=True)
class Alarm:
    """An emergency to come: what kind, how bad, where, how long after use, how long it lasts."""

    kind: str
    grade: str
    spot: str
    after: float
    lasts: float


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a place: what, how, what is answered, how the stay divides, what goes wrong."""

    substance: str
    route: str
    answers: dict[str, str]
    stay: float
    started: float  # after sitting down
    turnover: float  # the end of the stay in which the place is wiped
    alarm: Alarm | None


@dataclass(frozen=True, slots=True)
class Coming:
    """One visit. `uses` is empty when it is for something else. `patience` None: waits as long as it takes."""

    day: date
    number: int
    uses: tuple[Use, ...]
    declaring: float
    patience: float | None
    recovery: float
    service: str
    service_minutes: float
    referral: str
    accepts: bool
    needles: int
    naloxone_kit: bool
    exit: str


@dataclass(frozen=True, slots=True)
class Draw:
    """The draws of one visit, each by its purpose."""

    chance: Chance
    day: date
    number: int

    def u(self, purpose: str, *more: object) -> float:
        return self.chance.uniform(purpose, self.day, self.number, *more)

    def one_of(self, weights: dict[str, float], purpose: str, *more: object) -> str:
        return self.chance.one_of(weights, purpose, self.day, self.number, *more)


def coming(room: RoomFile, chance: Chance, day: date, number: int, *, registered: bool) -> Coming:
    """The n-th visit of a day. Without a code people come for something else than a place."""
    draw = Draw(chance, day, number)
    times, offers = room.times, room.offers
    wants_place = registered and draw.u("purpose") < consume_share(room, day)
    uses = tuple(_use(room, draw, n) for n in range(_how_often(room, draw))) if wants_place else ()
    patience = None if times.patience is None else exponential(draw.u("patience"), times.patience.value)
    needles = offers.needles.value if uses and uses[0].route == "inject" else 0.0
    return Coming(
        day=day,
        number=number,
        uses=uses,
        declaring=exponential(draw.u("declaring"), times.declaring.value),
        patience=patience,
        recovery=lognormal(draw.u("recovery"), times.recovery.value, times.recovery_variation.value),
        service="" if uses else draw.one_of(offers.services.parts, "service"),
        service_minutes=exponential(draw.u("service minutes"), times.service.value),
        referral=draw.one_of(offers.referrals.parts, "to") if draw.u("referral") < offers.referral.value else "",
        accepts=draw.u("accepts") < offers.accepted.value,
        needles=round(exponential(draw.u("needles"), needles)),
        naloxone_kit=draw.u("kit") < offers.naloxone_kit.value,
        exit=draw.one_of(room.exits.parts, "exit"),
    )


def consume_share(room: RoomFile, day: date) -> float:
    """The share of registered visits that are for using a place on this day."""
    purpose = room.purpose
    angle = 2 * math.pi * (day.timetuple().tm_yday - purpose.peak_day.value) / _YEAR_DAYS
    return purpose.consume.value + purpose.swing.value * math.cos(angle)


def substance_mix(room: RoomFile, day: date) -> dict[str, float]:
    """What is declared on this day: the published input columns of its month, else the room's own mix."""
    month = f"{day:%Y-%m}"
    columns = ((name, room.column(name, "input")) for name in room.substances.parts)
    monthly = {name: c.values[month] for name, c in columns if c is not None and month in c.values}
    if not monthly:
        return room.substances.parts
    other = {name: 0.0 for name in room.substances.parts if name not in monthly}
    if other:  # what the published columns leave out
        other = dict.fromkeys(other, max(0.0, 100.0 - sum(monthly.values())) / len(other))
    return monthly | other


def _how_often(room: RoomFile, draw: Draw) -> int:
    return 2 if draw.u("second use") < room.purpose.second_use.value else 1


def _use(room: RoomFile, draw: Draw, n: int) -> Use:
    substance = draw.one_of(substance_mix(room, draw.day), "substance", n)
    ways = room.routes.get(substance) or room.routes["any"]
    route = draw.one_of(ways.parts, "route", n)
    stay = room.stay[route]  # type: ignore[index]  # checked when the file was read
    length = _length(stay, draw.u("stay", n))
    earliest, latest = stay.started.values
    return Use(
        substance=substance,
        route=route,
        answers={name: draw.one_of(mix.parts, name, n) for name, mix in room.answers.items()},
        stay=length,
        started=length * (earliest + (latest - earliest) * draw.u("preparing", n)),
        turnover=min(stay.turnover.value, length / 2),
        alarm=_alarm(room, draw, n),
    )


def _length(stay: Stay, u: float) -> float:
    if stay.shape == "exponential":
        return exponential(u, stay.mean.value)
    return lognormal(u, stay.mean.value, stay.variation.value)


def _alarm(room: RoomFile, draw: Draw, n: int) -> Alarm | None:
    bad = room.emergencies
    if draw.u("emergency", n) >= bad.per_1000.value / 1000:
        return None
    return Alarm(
        kind=draw.one_of(bad.kind.parts, "emergency kind", n),
        grade=draw.one_of(bad.grade.parts, "emergency grade", n),
        spot=draw.one_of(bad.spot.parts, "emergency spot", n),
        after=exponential(draw.u("emergency after", n), bad.after.value),
        lasts=exponential(draw.u("emergency lasts", n), bad.lasts.value),
    )
