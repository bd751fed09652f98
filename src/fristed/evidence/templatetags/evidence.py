"""Words and clocks of the journal's reader."""

from __future__ import annotations

from django import template

from fristed.evidence.queries.journal import as_moment
from fristed.ground.moments import SECOND, Moment, local

register = template.Library()


@register.filter
def to_the_second(moment: Moment, zone: str) -> str:
    """The wall clock with seconds."""
    return f"{local(moment, zone):%H:%M:%S}"


@register.filter
def the_day(moment: Moment, zone: str) -> str:
    """The calendar day."""
    return f"{local(moment, zone):%Y-%m-%d}"


@register.filter
def stopwatch(span: Moment) -> str:
    """+4:05; +1:02:09 from an hour on."""
    seconds = round(span / SECOND)
    hours, rest = divmod(abs(seconds), 3600)
    minutes = f"{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"
    return f"{'−' if seconds < 0 else '+'}{hours}:{minutes}" if hours else f"{'−' if seconds < 0 else '+'}{minutes}"


@register.filter
def as_kept(value: str | int, zone: str) -> str:
    """A column's value; a moment as the wall clock."""
    moment = as_moment(value)
    return str(value) if moment is None else f"{local(moment, zone):%H:%M:%S}"
