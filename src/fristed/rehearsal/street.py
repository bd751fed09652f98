"""Stories of the street: walks around the room, and what neighbours say."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from fristed.ground.act import MANAGER, ROOM_WORKER
from fristed.ground.moments import HOUR, MINUTE, Moment
from fristed.rehearsal.around import Street
from fristed.rehearsal.arrivals import arrivals
from fristed.rehearsal.chance import exponential
from fristed.rehearsal.stage import Story

if TYPE_CHECKING:
    from fristed.rehearsal.life import Life


def outside(life: Life, street: Street, day: date, since: Moment) -> None:
    """Puts a day's walks and complaints on the stage, those that are still to come."""
    opens, closes = life.file_opening(day)
    walks = round(street.walks.value)
    stories = [
        (opens + (2 * n + 1) * (closes - opens) // (2 * walks), _walk(life, street, day, n)) for n in range(walks)
    ]
    came = arrivals(life.room, life.chance, day, purpose="complaints", rate=street.complaints.value)
    stories += [(opens + round(hour * HOUR), _complaint(life, street, day, n)) for n, hour in enumerate(came)]
    for at, story in stories:
        if since <= at < closes - round(street.minutes.value) * MINUTE:
            life.stage.begin(at, story)


def _walk(life: Life, street: Street, day: date, n: int) -> Story:
    spot = life.chance.one_of(dict.fromkeys(street.spots, 1.0), "walk", day, n)
    yield life.after(street.minutes.value)
    life.tap(ROOM_WORKER, "neighbourhood.walk_patrol", spot=spot, minutes=round(street.minutes.value))
    needles = round(exponential(life.chance.uniform("needles outside", day, n), street.needles.value))
    life.tap(ROOM_WORKER, "neighbourhood.find_needles", spot=spot, count=needles)
    seen = round(exponential(life.chance.uniform("seen outside", day, n), street.public_use.value))
    if seen:
        life.tap(ROOM_WORKER, "neighbourhood.count_public_use", spot=spot, count=seen)


def _complaint(life: Life, street: Street, day: date, n: int) -> Story:
    channel = life.chance.one_of(street.channels.parts, "complaint by", day, n)
    category = life.chance.one_of(street.categories.parts, "complaint about", day, n)
    life.tap(MANAGER, "neighbourhood.take_complaint", channel=channel, category=category)
    yield from ()
