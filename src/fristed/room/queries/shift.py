"""What one shift tells the next: written down by hand, and found in the records without anyone writing.

The window is the service day and the one before it, because a handover after closing time is about the day that closed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from fristed.ground.ids import Id
from fristed.ground.moments import Moment
from fristed.ground.site import SiteFile, service_day
from fristed.room.models import Emergency, OpeningCheck, Referral, Visit, Watch
from fristed.room.queries.day import Open, named
from fristed.room.rules.day import EXPIRING
from fristed.staff.queries import silent_screens

UNSAFE_EXITS = ("against_advice", "unseen", "asked_to_leave")


def window(file: SiteFile, at: Moment) -> tuple[str, str]:
    """The service day and the one before it, as ISO dates."""
    day = service_day(file, at)
    return day.isoformat(), (day - timedelta(days=1)).isoformat()


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists that write themselves."""

    after_naloxone: tuple[Open, ...]  # left before a nurse released them
    while_watched: tuple[Open, ...]  # left against advice or unseen, still watched for another reason
    expected: tuple[Open, ...]  # accepted an offer and has not been there
    not_back: tuple[Open, ...]  # turned away or gave up waiting, and has not come again
    emergencies: tuple[Open, ...]
    debriefs: tuple[Open, ...]
    silent: tuple[str, ...]  # screens whose sound nobody has heard working
    expiring: tuple[tuple[str, str], ...]  # item, date on the box


def lists(site: Id, file: SiteFile, at: Moment) -> Lists:
    """What the next shift must know, of today and the service day before."""
    days = window(file, at)
    early = _left_early(site, days)
    after = {watch.visit_id for watch in early if watch.why == "after_naloxone"}
    rest = {w.visit_id: w for w in early if w.visit_id not in after and w.visit.exit in UNSAFE_EXITS}
    raised = Emergency.objects.filter(site=site, day__in=days, false_alarm=None).select_related("visit")
    waiting = Emergency.objects.filter(site=site, debriefed=None, false_alarm=None, ended__isnull=False)
    return Lists(
        _exits(watch for watch in early if watch.why == "after_naloxone"),
        _exits(rest.values()),
        tuple(_expected(site, days)),
        tuple(_not_back(site, days)),
        tuple(named((e.id, e.visit, e.kind or e.spot, e.raised) for e in raised)),
        tuple(named((e.id, e.visit, e.kind or e.spot, e.raised) for e in waiting.select_related("visit"))),
        silent_screens(site),
        tuple(_expiring(site, file, at)),
    )


def _left_early(site: Id, days: tuple[str, ...]) -> list[Watch]:
    """Watches that ended because the person left, not because a nurse released them."""
    left = Watch.objects.filter(visit__site=site, visit__day__in=days, visit__left__isnull=False, ended__isnull=False)
    return list(left.exclude(ended_how="released").select_related("visit").order_by("id"))


def _exits(watches: Iterable[Watch]) -> tuple[Open, ...]:
    return tuple(named((w.id, w.visit, w.visit.exit, w.ended or w.since) for w in watches))


def _expected(site: Id, days: tuple[str, ...]) -> list[Open]:
    rows = Referral.objects.filter(
        site=site, day__in=days, accepted__isnull=False, attended=None, undone=None
    ).select_related("visit")
    return named((r.id, r.visit, r.to, r.accepted or r.at) for r in rows)


def _not_back(site: Id, days: tuple[str, ...]) -> list[Open]:
    """Known people turned away or gone from the queue, without a later visit that let them in."""
    rows = Visit.objects.filter(
        site=site, day__in=days, outcome__in=("refused", "left_waiting"), client__isnull=False
    ).order_by("came")
    latest = {row.client_id: row for row in rows}
    again = Visit.objects.filter(client__in=list(latest), day__in=days).values_list("client_id", "came")
    later = {client for client, came in again if came > latest[client].came}
    gone = [row for client, row in latest.items() if client not in later]
    return named((row.id, row, "come_back" if "come_back" in row.offered else row.outcome, row.came) for row in gone)


def _expiring(site: Id, file: SiteFile, at: Moment) -> list[tuple[str, str]]:
    """Items whose date was read at the last checks and is over, or is within the days that the site has set."""
    newest: dict[str, str] = {}
    for item in EXPIRING:
        last = OpeningCheck.objects.filter(site=site, item=item).exclude(expires="").order_by("-id").first()
        if last is not None:
            newest[item] = last.expires
    ahead = file.limit("expiry_warning").count()
    until = service_day(file, at) + timedelta(days=ahead or 0)
    return [(item, day) for item, day in newest.items() if date.fromisoformat(day) <= until]
