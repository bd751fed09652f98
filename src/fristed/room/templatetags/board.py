"""Words, clocks and amounts of the board."""

from __future__ import annotations

import json

from django import template
from django.utils.formats import date_format

from fristed.ground.ids import Id
from fristed.ground.moments import Moment, local
from fristed.room import words
from fristed.room.queries.board import Board, Person
from fristed.room.queries.protocols import json_of

register = template.Library()
register.filter("word", words.word)


@register.filter
def of(people: dict[Id, Person], visit: Id) -> Person | None:
    """Who came with this visit, if they are still here."""
    return people.get(visit)


@register.filter
def alarms(shown: Board) -> str:
    """The open emergencies as the bell says them, for a screen that cannot hear it. Times in ms."""
    said = [
        {
            "id": e.id,
            "spot": e.spot,
            "place": e.place,
            "kind": e.kind,
            "raised": e.raised // 1000,
            "coming": [{"name": name} for name in e.coming],
            "there": list(e.there),
        }
        for e in shown.emergencies
    ]
    return json.dumps(said)


@register.filter
def grade(number: int) -> str:
    """An intervention grade in words."""
    return str(words.GRADES[number])


@register.filter
def substances(codes: tuple[str, ...]) -> str:
    """What someone declared, in words."""
    return " + ".join(words.word(code, "substance") for code in codes)


@register.filter
def wall(moment: Moment, zone: str) -> str:
    """The room's clock at a moment: 22:14."""
    return f"{local(moment, zone):%H:%M}"


@register.filter
def day(moment: Moment, zone: str) -> str:
    """A day as people write it."""
    return date_format(local(moment, zone), "j F Y")


@register.filter
def wall_seconds(moment: Moment, zone: str) -> str:
    """The room's clock with seconds: 22:14:05."""
    return f"{local(moment, zone):%H:%M:%S}"


@register.filter
def dose(micrograms: int) -> str:
    """An amount of naloxone as the product's label says it."""
    if micrograms >= 1000 and micrograms % 100 == 0:
        return f"{micrograms / 1000:g} mg"
    return f"{micrograms} µg"


@register.filter
def codes(kept: str) -> str:
    """Substances as kept, in words."""
    return substances(tuple(kept.split()))


@register.filter
def spell(seconds: int) -> str:
    """A length of time as minutes and seconds: 5:00."""
    return f"{seconds // 60}:{seconds % 60:02}"


@register.filter
def split(text: str) -> list[str]:
    """Words of a text."""
    return text.split()


register.filter("as_args", json_of)
