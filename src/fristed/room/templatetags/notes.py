"""Codes, moments and days in the words of a page."""

from __future__ import annotations

import json
from datetime import date

from django import template
from django.utils.formats import date_format

from fristed.ground.moments import Moment, local
from fristed.room import words

register = template.Library()
register.filter("said", words.said)


@register.filter
def clock(moment: Moment, zone: str) -> str:
    """The room's clock at a moment: 22:14."""
    return f"{local(moment, zone):%H:%M}"


@register.filter
def seconds(moment: Moment, zone: str) -> str:
    """The room's clock with seconds, as a time field takes it."""
    return f"{local(moment, zone):%H:%M:%S}"


@register.filter
def earlier(moment: Moment, minutes: int) -> Moment:
    """The moment some minutes before."""
    return moment - int(minutes) * 60_000_000


@register.filter
def weekday_clock(moment: Moment, zone: str) -> str:
    """Weekday and clock: Tue 22:14."""
    here = local(moment, zone)
    return f"{date_format(here, 'D')} {here:%H:%M}"


@register.filter
def calendar_day(text: str) -> str:
    """An ISO date as people write it."""
    return date_format(date.fromisoformat(text), "l j F Y")


@register.simple_tag
def args(**named: object) -> str:
    """An act's arguments for `data-args`, those that are nothing left out."""
    return json.dumps({name: value for name, value in named.items() if value not in (None, "")}, ensure_ascii=False)
