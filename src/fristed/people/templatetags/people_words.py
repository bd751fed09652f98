"""Codes and moments in the reader's words."""

from __future__ import annotations

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fristed.ground.moments import DAY, MINUTE, Moment, local, now
from fristed.people.labels import LISTS

register = template.Library()


@register.filter
def people_label(code: str, kind: str) -> str:
    """A code of a person's record in words; the code itself where there are none."""
    return str(LISTS[kind].get(code, code.replace("_", " ")))


@register.filter
def when(moment: Moment | None, zone: str) -> str:
    """A moment as the room says it: the time today, the day and time within a year, the date before."""
    if moment is None:
        return ""
    then, today = local(moment, zone), local(now(), zone)
    if then.date() == today.date():
        return date_format(then, "H:i")
    return date_format(then, "j M H:i" if abs(now() - moment) < 300 * DAY else "j M Y")


@register.filter
def dated(moment: Moment, zone: str) -> str:
    """A moment with its full date, for what is printed."""
    return date_format(local(moment, zone), "j M Y H:i")


@register.filter
def ago(moment: Moment | None) -> str:
    """How long ago, in the coarsest words that help: minutes, hours, days."""
    if moment is None:
        return ""
    minutes = max(0, (now() - moment) // MINUTE)
    if minutes == 0:
        return _("just now")
    if minutes < 60:
        return _("{count} min ago").format(count=minutes)
    if minutes < 48 * 60:
        return _("{count} h ago").format(count=minutes // 60)
    return _("{count} days ago").format(count=minutes // (24 * 60))
