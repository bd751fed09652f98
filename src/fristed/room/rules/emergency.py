"""An emergency: raised anywhere by anyone, every tap kept. Nothing here refuses help or its record."""

from __future__ import annotations

from dataclasses import dataclass

from fristed.ground.act import ANYONE_ON_THE_FLOOR, Objection, Put, Secret, Verdict, add, amend
from fristed.ground.ids import Id, derived_id
from fristed.ground.moments import SECOND, Moment
from fristed.room.rules.door import Visit
from fristed.room.rules.watch import WatchNow

SPOTS = ("place", "waiting", "recovery", "door", "toilet", "pavement", "other")
KINDS = ("opioid", "stimulant", "mixed", "seizure", "cardiac", "allergic", "other")
STAFF_SAFETY = "staff_safety"
PARTS = ("lead", "airway", "drugs", "scribe", "room")
RAISED_AGAIN = "raised_again"
ACKNOWLEDGED = "acknowledged"
NALOXONE = "naloxone"
UNDO: Moment = 10 * SECOND  # after that it is a correction, which has a reason


@dataclass(frozen=True, slots=True)
class Hand:
    """Whose tap: when it happened and was recorded, by whom, on which device. `named`: who did it, as someone said."""

    site: Id
    day: str
    key: Id
    at: Moment
    recorded: Moment
    worker: Id | None = None
    device: Id | None = None
    named: Id | None = None


@dataclass(frozen=True, slots=True)
class EmergencyNow:
    """An emergency at this moment, and whose it is if that is known."""

    id: Id
    place: int | None
    kind: str
    raised: Moment
    ended: Moment | None = None
    visit: Visit | None = None

    @property
    def subject(self) -> Id:
        """Whose key seals what is written about it."""
        return self.visit.subject if self.visit else self.id


@dataclass(frozen=True, slots=True)
class Deed:
    """What one tap says was done. Micrograms None on naloxone: given, dose to be completed."""

    kind: str
    product: str = ""
    route: str = ""
    micrograms: int | None = None
    litres: int | None = None
    part: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class StepNow:
    """A tap on the timeline at this moment."""

    id: Id
    kind: str
    at: Moment
    recorded: Moment
    undone: Moment | None = None
    micrograms: int | None = None
    signed_by: Id | None = None

    @property
    def dose_missing(self) -> bool:
        return self.kind == NALOXONE and self.undone is None and self.micrograms is None


def raise_emergency(
    hand: Hand, spot: str, place: int | None, kind: str, visit: Visit | None, running: tuple[EmergencyNow, ...]
) -> Verdict:
    """Help is called. A second call about the same place joins the first, so that one timeline is kept."""
    same = [r for r in running if place is not None and r.place == place and _safety(r.kind) == _safety(kind)]
    if same:
        return Verdict(same[0].id, (_step(hand, same[0], Deed(RAISED_AGAIN)),), subject=same[0].subject)
    row = add(
        "room_emergency",
        hand.key,
        site_id=hand.site,
        day=hand.day,
        visit_id=visit.id if visit else None,
        spot=spot,
        place=place,
        kind=kind,
        raised=hand.at,
    )
    return Verdict(hand.key, (row,), subject=visit.subject if visit else hand.key)


def found_out_late(hand: Hand, id: Id) -> tuple[EmergencyNow, Put]:
    """A tap about an emergency that has not arrived yet makes it: the tap must be kept."""
    row = add("room_emergency", id, site_id=hand.site, day=hand.day, spot="other", raised=hand.at)
    return EmergencyNow(id, None, "", hand.at), row


def arrived_late(hand: Hand, spot: str, place: int | None, kind: str, visit: Visit | None) -> Verdict:
    """The call itself arrives after taps about it."""
    visit_id = visit.id if visit else None
    row = amend("room_emergency", hand.key, spot=spot, place=place, kind=kind, raised=hand.at, visit_id=visit_id)
    return Verdict(hand.key, (row,), subject=visit.subject if visit else hand.key)


def step(hand: Hand, now: EmergencyNow, deed: Deed, watches: tuple[WatchNow, ...], length: Moment | None) -> Verdict:
    """Something was done. After naloxone a watch begins by itself, or begins anew with each dose."""
    puts: tuple[Put, ...] = (_step(hand, now, deed),)
    if deed.kind == NALOXONE and now.visit is not None:
        puts += _watch(hand, now.visit, hand.at, watches, length)
    return Verdict(hand.key, puts, subject=now.subject)


def undo(hand: Hand, now: EmergencyNow, taken: StepNow, rest: tuple[StepNow, ...], watch: WatchNow | None) -> Verdict:
    """A wrong tap is taken back, as a new fact. The last naloxone taken back ends its watch."""
    puts: tuple[Put, ...] = (amend("room_step", taken.id, undone=hand.at),)
    others = [s for s in rest if s.kind == NALOXONE and s.undone is None and s.id != taken.id]
    if taken.kind == NALOXONE and watch is not None and not others:
        puts += (amend("room_watch", watch.id, ended=hand.at, ended_how="undone"),)
    return Verdict(taken.id, puts, subject=now.subject).but(
        too_late_to_undo(hand, taken.recorded), already_undone(taken.undone)
    )


def complete(now: EmergencyNow, taken: StepNow, deed: Deed) -> Verdict:
    """What was unknown when the button was pressed is filled in: dose, product, litres."""
    said = {"product": deed.product, "route": deed.route, "micrograms": deed.micrograms, "litres": deed.litres}
    row = amend("room_step", taken.id, **{name: value for name, value in said.items() if value not in ("", None)})
    nothing = Objection("nothing_said", "Say at least one of product, dose, route or litres.")
    return Verdict(taken.id, (row,), subject=now.subject).but(None if row.values else nothing)


def name_kind(now: EmergencyNow, kind: str) -> Verdict:
    """What kind of emergency it is; may change as people learn more."""
    return Verdict(now.id, (amend("room_emergency", now.id, kind=kind),), subject=now.subject)


def identify(
    hand: Hand,
    now: EmergencyNow,
    visit: Visit,
    last_naloxone: Moment | None,
    watches: tuple[WatchNow, ...],
    length: Moment | None,
) -> Verdict:
    """Who it is becomes known; the watch after naloxone begins from the last dose."""
    puts: tuple[Put, ...] = (amend("room_emergency", now.id, visit_id=visit.id),)
    if last_naloxone is not None:
        puts += _watch(hand, visit, last_naloxone, watches, length)
    return Verdict(now.id, puts, subject=visit.subject)


def _step(hand: Hand, now: EmergencyNow, deed: Deed) -> Put:
    return add(
        "room_step",
        hand.key,
        site_id=hand.site,
        emergency_id=now.id,
        kind=deed.kind,
        at=hand.at,
        recorded=hand.recorded,
        product=deed.product,
        route=deed.route,
        micrograms=deed.micrograms,
        litres=deed.litres,
        worker=hand.named or hand.worker,
        device=hand.device,
        role=deed.part,
        signed_by=hand.worker,
        sealed=Secret(now.subject, {"text": deed.text} if deed.text else {}),
    )


def _watch(
    hand: Hand, visit: Visit, since: Moment, watches: tuple[WatchNow, ...], length: Moment | None
) -> tuple[Put, ...]:
    due = None if length is None else since + length
    running = [w for w in watches if w.why == "after_naloxone" and w.ended is None]
    if running:
        return (amend("room_watch", running[0].id, since=since, due=due),)
    id = derived_id(hand.key, "watch")
    return (add("room_watch", id, site_id=hand.site, visit_id=visit.id, why="after_naloxone", since=since, due=due),)


def _safety(kind: str) -> bool:
    return kind == STAFF_SAFETY


def too_late_to_undo(hand: Hand, recorded: Moment) -> Objection | None:
    """An objection, which a reason overrides, to taking back what was kept more than ten seconds ago."""
    if hand.at - recorded <= UNDO:
        return None
    sentence = "More than ten seconds have passed. Say why this was wrong; it stays visible, struck through."
    return Objection("after_ten_seconds", sentence, override_by=ANYONE_ON_THE_FLOOR)


def already_undone(undone: Moment | None) -> Objection | None:
    """An objection to taking something back twice."""
    return None if undone is None else Objection("already_undone", "This has already been taken back.")
