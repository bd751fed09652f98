"""The front door: who comes in, who waits, who is turned away with a reason and something offered instead.

Nothing is asked in return: `Door` is all that an admission reads, and no agreement, missed referral or
treatment status is in it. Coming for anything but a place is never refused.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import count

from fristed.ground.act import FLOOR, LEAD, Objection, Put, Secret, Value, Verdict, add, amend
from fristed.ground.ids import Id
from fristed.ground.moments import Moment


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A time in which a person is not admitted to a place."""

    reason: str
    until: Moment


@dataclass(frozen=True, slots=True)
class Door:
    """What is true at the door when someone comes."""

    site: Id
    day: str
    opened: bool = True  # the day's opening check and minimum staff hold, or the lead overrode them
    within_hours: bool = True
    exclusion: Exclusion | None = None
    ineligible: str | None = None  # the question whose answer does not admit
    already_here: Id | None = None  # this person's open visit
    code_needed: bool = False  # the site admits nobody without a code


@dataclass(frozen=True, slots=True)
class CheckIn:
    """Someone comes: for a place or something else, in the queue of a route, with a code or without."""

    visit: Id
    came: Moment
    client: Id | None
    purpose: str  # consume, service
    route: str
    priority: int = 0
    personal: Mapping[str, str] = field(default_factory=dict)  # call_word, wanted (where another has that word), note

    @property
    def subject(self) -> Id:
        """Whose key seals what is personal in this visit."""
        return self.client or self.visit


def check_in(door: Door, ask: CheckIn) -> Verdict:
    """A visit begins. The person waits for a place, or is here for another service."""
    wants_place = ask.purpose == "consume"
    row = _visit(
        door,
        ask,
        route=ask.route if wants_place else "",
        priority=ask.priority,
        outcome="waiting" if wants_place else "service",
        waiting=ask.came if wants_place else None,
    )
    verdict = Verdict(ask.visit, (row,), subject=ask.subject).but(_twice(door))
    return verdict.but(*admission(door, ask.client)) if wants_place else verdict


def unknown_route(ask: CheckIn, routes: Collection[str]) -> Objection | None:
    """An objection to a queue that this site does not have, or a purpose that nobody has."""
    if ask.purpose == "service" or (ask.purpose == "consume" and ask.route in routes):
        return None
    return Objection("unknown_route", "This site has no places for this way of using.", recordable=False)


def admission(door: Door, client: Id | None) -> tuple[Objection | None, ...]:
    """Why this person would not be admitted to a place now."""
    return _excluded(door), _ineligible(door), _shut(door), _no_code(door, client)


# why staff may turn someone away: the rules of this file, and what only a person can judge. "No consent" is on
# published lists and deliberately not on this one: in the room nothing is asked in return, so whoever declines
# every consent is admitted like anybody else (a site that takes nobody without a code says so by code_needed)
TURN_AWAY_RULES = (
    "excluded",
    "ineligible",
    "outside_hours",
    "not_opened",
    "code_needed",
    "underage",
    "first_use",
    "intoxicated",
    "no_drug_shown",
    "pregnant_or_child",
    "room_full",
    "other",
)
OFFERS = ("equipment", "naloxone", "care", "other_room", "come_back", "nothing")
LONGEST_OFFER = 200  # letters of all offers together


def turn_away(door: Door, ask: CheckIn, rule: str, offered: tuple[str, ...]) -> Verdict:
    """Someone was not admitted: by which rule, and what was offered instead. A record; nothing refuses it."""
    row = _visit(
        door,
        ask,
        route=ask.route,
        outcome="refused",
        refused_by=rule,
        offered=" ".join(offered),
        left=ask.came,
        exit="refused",
    )
    return Verdict(ask.visit, (row,), subject=ask.subject).but(_bad_refusal(rule, offered))


def refuse(visit: Visit, rule: str, offered: tuple[str, ...], at: Moment) -> Verdict:
    """Someone who waited is not given a place: by which rule, and what was offered instead."""
    row = amend(
        "room_visit",
        visit.id,
        outcome="refused",
        refused_by=rule,
        offered=" ".join(offered),
        waiting=None,
        left=at,
        exit="refused",
    )
    verdict = Verdict(visit.id, (row,), subject=visit.subject)
    return verdict.but(not_waiting(visit), before_visit(visit, at), _bad_refusal(rule, offered))


def give_up(visit: Visit, at: Moment) -> Verdict:
    """Someone stopped waiting and left."""
    row = amend("room_visit", visit.id, outcome="left_waiting", waiting=None, left=at, exit="gave_up")
    return Verdict(visit.id, (row,), subject=visit.subject).but(not_waiting(visit))


def call(visit: Visit, at: Moment) -> Verdict:
    """The next person is called to a place."""
    return Verdict(visit.id, (amend("room_visit", visit.id, called=at),), subject=visit.subject).but(not_waiting(visit))


def reorder(visit: Visit, priority: int) -> Verdict:
    """Someone is moved ahead in the queue, or back. Higher comes first."""
    row = amend("room_visit", visit.id, priority=priority)
    return Verdict(visit.id, (row,), subject=visit.subject).but(not_waiting(visit))


def rename(visit: Visit, personal: Mapping[str, str]) -> Verdict:
    """Someone is called by another word."""
    row = amend("room_visit", visit.id, sealed=Secret(visit.subject, personal))
    return Verdict(visit.id, (row,), subject=visit.subject).but(gone(visit))


def told_apart(word: str, taken: Collection[str]) -> str:
    """The word to call someone by while others are here: the second Robin is "Robin 2", the third "Robin 3"."""
    others = {_heard(other) for other in taken}
    numbered = (f"{word} {n}" for n in count(2))
    return word if _heard(word) not in others else next(w for w in numbered if _heard(w) not in others)


def _heard(word: str) -> str:
    """A word as it sounds when called: no case, no spaces."""
    return "".join(word.casefold().split())


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit as rules see it."""

    id: Id
    client: Id | None
    came: Moment
    outcome: str
    waiting: Moment | None = None
    left: Moment | None = None

    @property
    def subject(self) -> Id:
        """Whose key seals what is personal in this visit."""
        return self.client or self.id


def not_waiting(visit: Visit) -> Objection | None:
    """An objection unless this person waits."""
    if visit.waiting is not None:
        return None
    return Objection("not_waiting", "This person is not waiting in the queue any more.")


def gone(visit: Visit) -> Objection | None:
    """An objection if this person has already left."""
    if visit.left is None:
        return None
    return Objection("visit_over", "This person has already left. Check them in again if they are back.")


def before_visit(visit: Visit, at: Moment) -> Objection | None:
    """An objection to anything that happened before the person came."""
    if at >= visit.came:
        return None
    return Objection("before_visit", "This is earlier than the person's arrival. Check the time.")


def _visit(door: Door, ask: CheckIn, **more: Value) -> Put:
    """The row of a visit that begins."""
    return add(
        "room_visit",
        ask.visit,
        site_id=door.site,
        client_id=ask.client,
        day=door.day,
        came=ask.came,
        purpose=ask.purpose,
        sealed=Secret(ask.subject, ask.personal),
        **more,
    )


def _excluded(door: Door) -> Objection | None:
    if door.exclusion is None:
        return None
    sentence = "This person is excluded from using a place for now. Equipment, naloxone and help are always given."
    return Objection("excluded", sentence, until=door.exclusion.until, override_by=LEAD)


def _ineligible(door: Door) -> Objection | None:
    if door.ineligible is None:
        return None
    sentence = "By this site's rules for admission this person cannot be given a place. Offer what else there is."
    return Objection("ineligible", sentence, source=door.ineligible, override_by=LEAD)


def _shut(door: Door) -> Objection | None:
    if not door.within_hours:
        return Objection("outside_hours", "The room is closed at this hour.", override_by=LEAD)
    if not door.opened:
        sentence = "The room is not open yet today: the opening check or the minimum staff is missing."
        return Objection("not_opened", sentence, override_by=LEAD)
    return None


def _bad_refusal(rule: str, offered: tuple[str, ...]) -> Objection | None:
    if rule not in TURN_AWAY_RULES:
        return Objection("unknown_rule", "Choose by which rule this person is not given a place.", recordable=False)
    if not offered:
        sentence = "Say what was offered instead; 'nothing' is one of the choices."
        return Objection("nothing_offered", sentence, override_by=FLOOR)
    if len(" ".join(offered)) > LONGEST_OFFER:
        return Objection("offers_too_long", "These are more offers than can be kept. Choose fewer.", recordable=False)
    return None


def _twice(door: Door) -> Objection | None:
    if door.already_here is None:
        return None
    return Objection("already_here", "This person is already here. Use the visit that is open.", override_by=FLOOR)


def _no_code(door: Door, client: Id | None) -> Objection | None:
    if client is not None or not door.code_needed:
        return None
    return Objection("code_needed", "This site gives places to registered people only.", override_by=LEAD)
