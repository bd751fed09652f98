"""A rehearsal's service may run faster than the world: its clock, and its sign-ins, which must not end as fast."""

from __future__ import annotations

import os
from dataclasses import dataclass

from msgspec.structs import replace

from fristed.ground import moments
from fristed.ground.moments import Moment
from fristed.house.configuration import Service

ENVIRONMENT = "FRISTED_PACE"


@dataclass(frozen=True, slots=True)
class Pace:
    """`speed` seconds pass for each second of the world, counted from `start`,
    which the world's clock calls `world`.
    """

    start: Moment
    world: Moment
    speed: int

    def now(self) -> Moment:
        """The moment by this clock."""
        return self.start + (moments.world_clock() - self.world) * self.speed

    def text(self) -> str:
        """As the environment carries it to a service."""
        return f"{self.start} {self.world} {self.speed}"


def pace_of(text: str) -> Pace:
    """The opposite of `text`."""
    return Pace(*map(int, text.split()))


def at_its_pace(service: Service) -> Service:
    """The service's settings; where it is a rehearsal's that is given a pace, its clock runs by it from now on."""
    given = os.environ.get(ENVIRONMENT)
    if not service.rehearsal or not given:
        return service
    pace = pace_of(given)
    moments.run_by(pace.now)
    return replace(
        service,
        pace=pace.speed,
        turn_idle_minutes=service.turn_idle_minutes * pace.speed,
        turn_minutes=service.turn_minutes * pace.speed,
        sign_in_idle_minutes=service.sign_in_idle_minutes * pace.speed,
        sign_in_minutes=service.sign_in_minutes * pace.speed,
    )
