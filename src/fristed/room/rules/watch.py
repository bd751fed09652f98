"""Use, and watching over people after it. The clock follows the person; an unset length never means zero."""

from __future__ import annotations

from dataclasses import dataclass

from fristed.ground.act import CARE, LEAD, NURSE, Objection, Put, Role, Verdict, add, amend
from fristed.ground.ids import Id, derived_id
from fristed.ground.moments import MINUTE, Moment
from fristed.room.rules.door import Visit, before_visit, gone

EXITS = ("well", "against_advice", "unseen", "ambulance", "asked_to_leave", "died")
CALM_EXITS = frozenset({"well"})
FRESH = MINUTE  # so long a wrong tap is taken back without a word


@dataclass(frozen=True, slots=True)
class ConsumptionNow:
    """A declared consumption at this moment."""

    id: Id
    declared: Moment
    started: Moment | None = None
    ended: Moment | None = None


@dataclass(frozen=True, slots=True)
class WatchNow:
    """A watch at this moment. `due` None: nobody has set how long, a nurse releases."""

    id: Id
    why: str
    since: Moment
    due: Moment | None
    ended: Moment | None = None


def use(
    site: Id, visit: Visit, used: ConsumptionNow, at: Moment, *, seen: bool, observe: Moment | None, again: bool = False
) -> Verdict:
    """Someone used, seen by staff or not; from now on they are watched.

    `again`: this use was recorded before, and taken back with its watch.
    """
    due, id = None if observe is None else at + observe, watch_id(used.id)
    watch = add("room_watch", id, site_id=site, visit_id=visit.id, why="after_use", since=at, due=due)
    if again:
        watch = amend("room_watch", id, since=at, due=due, ended=None, ended_how="")
    row = amend("room_consumption", used.id, started=at, use_seen="seen" if seen else "not_seen")
    verdict = Verdict(used.id, (row, watch), subject=visit.subject)
    if used.started is not None:
        verdict = Verdict(used.id, (row,), subject=visit.subject).but(_already_used())
    return verdict.but(_before_declaration(used, at), before_visit(visit, at))


def withdraw(visit: Visit, used: ConsumptionNow, watch: WatchNow | None, at: Moment) -> Verdict:
    """It was recorded of the wrong person: they have not used, and the watch that began with it ends."""
    puts: tuple[Put, ...] = (amend("room_consumption", used.id, started=None, use_seen="", ended=None),)
    if watch is not None and watch.ended is None:
        puts += (amend("room_watch", watch.id, ended=at, ended_how="withdrawn"),)
    return Verdict(used.id, puts, subject=visit.subject).but(_not_used(used), _say_why(used, at), gone(visit))


def watch_id(consumption: Id) -> Id:
    """The id of the watch that a use begins."""
    return derived_id(consumption, "watch")


def finish(visit: Visit, used: ConsumptionNow, at: Moment) -> Verdict:
    """Someone is done using; they may still be watched."""
    row = amend("room_consumption", used.id, ended=at)
    return Verdict(used.id, (row,), subject=visit.subject).but(_before_declaration(used, at))


def keep_watch(site: Id, visit: Visit, watch: Id, why: str, at: Moment, due: Moment | None) -> Verdict:
    """A watch begins for another reason: sedated but breathing, after naloxone."""
    row = add("room_watch", watch, site_id=site, visit_id=visit.id, why=why, since=at, due=due)
    return Verdict(watch, (row,), subject=visit.subject).but(gone(visit))


def seen_breathing(visit: Visit, at: Moment) -> Verdict:
    """Someone looked, and the person breathes."""
    return Verdict(visit.id, (amend("room_visit", visit.id, seen=at),), subject=visit.subject).but(gone(visit))


def release(visit: Visit, watch: WatchNow, at: Moment, role: Role) -> Verdict:
    """A watch ends because the person is well enough."""
    row = amend("room_watch", watch.id, ended=at, ended_how="released")
    return Verdict(watch.id, (row,), subject=visit.subject).but(_too_early(watch, at), _nurse_only(watch, role))


def leave_house(
    visit: Visit,
    stays: tuple[Id, ...],
    watches: tuple[WatchNow, ...],
    at: Moment,
    how: str,
    cleaning: tuple[Id, ...],
    used: tuple[Id, ...] = (),
) -> Verdict:
    """The visit ends: how the person left. Open stays, watches and uses end with it; `cleaning`: places to wipe."""
    puts: tuple[Put, ...] = (amend("room_visit", visit.id, left=at, exit=how, waiting=None),)
    puts += tuple(amend("room_stay", stay, freed=at) for stay in stays)
    puts += tuple(amend("room_place", place, cleaning=at) for place in cleaning)
    puts += tuple(amend("room_consumption", id, ended=at) for id in used)
    puts += tuple(amend("room_watch", watch.id, ended=at, ended_how=how) for watch in watches)
    verdict = Verdict(visit.id, puts, subject=visit.subject).but(gone(visit), before_visit(visit, at))
    return verdict.but(_still_watched(watches, at)) if how in CALM_EXITS else verdict


def _already_used() -> Objection:
    return Objection("already_used", "This use is already recorded. Declare a new one for another use.")


def _not_used(used: ConsumptionNow) -> Objection | None:
    return None if used.started is not None else Objection("not_used", "No use is recorded here.")


def _say_why(used: ConsumptionNow, at: Moment) -> Objection | None:
    if used.started is None or at - used.started <= FRESH:
        return None
    sentence = "This was recorded more than a minute ago. Say why it was wrong; the first record stays in the journal."
    return Objection("say_why", sentence, override_by=CARE)


def _before_declaration(used: ConsumptionNow, at: Moment) -> Objection | None:
    if at >= used.declared:
        return None
    return Objection("before_declaration", "This is earlier than what was declared. Check the time.")


def _too_early(watch: WatchNow, at: Moment) -> Objection | None:
    if watch.due is None or at >= watch.due:
        return None
    return Objection("still_watched", "The time to watch is not over.", until=watch.due, override_by=LEAD)


def _nurse_only(watch: WatchNow, role: Role) -> Objection | None:
    if watch.due is not None or role == NURSE:
        return None
    sentence = "Nobody has set how long to watch here, so a nurse releases."
    return Objection("nurse_releases", sentence, override_by=LEAD)


def _still_watched(watches: tuple[WatchNow, ...], at: Moment) -> Objection | None:
    early = [w for w in watches if w.due is None or w.due > at]
    if not early:
        return None
    sentence = "This person is still watched. If they leave now, say 'left against advice' or let a nurse release."
    return Objection("still_watched", sentence, until=early[0].due, override_by=LEAD)
