"""What a person says before a place is given: substances, route, what else matters for this use.

The law of some places asks for this record before every intake (Denmark, order 972/2016, §6(2)).
"""

from __future__ import annotations

from dataclasses import dataclass

from fristed.ground.act import Objection, Put, Verdict, add, amend
from fristed.ground.ids import Id
from fristed.ground.moments import Moment
from fristed.room.rules.door import Visit, before_visit, gone

ANSWERS = ("yes", "no", "not_asked")


@dataclass(frozen=True, slots=True)
class Declaration:
    """A declared consumption. Answers are yes, no or not_asked; last_use is a word from the list of spans."""

    id: Id
    at: Moment
    substances: tuple[str, ...]
    route: str
    last_use: str = "not_asked"
    depressants: str = "not_asked"
    tolerance: str = "not_asked"
    assisted: str = "not_asked"
    helper: Id | None = None
    product_seen: str = "not_asked"
    rules_told: str = "not_asked"


def declare(site: Id, day: str, visit: Visit, said: Declaration, *, seated: bool) -> Verdict:
    """Someone declares a consumption; unless already in a place, they wait in the queue of its route."""
    row = add(
        "room_consumption",
        said.id,
        site_id=site,
        visit_id=visit.id,
        day=day,
        declared=said.at,
        substances=" ".join(sorted(set(said.substances))),
        route=said.route,
        last_use=said.last_use,
        depressants=said.depressants,
        tolerance=said.tolerance,
        assisted=said.assisted,
        helper=said.helper,
        product_seen=said.product_seen,
        rules_told=said.rules_told,
    )
    puts: tuple[Put, ...] = (row,)
    if not seated:
        waiting = visit.waiting if visit.waiting is not None else said.at
        outcome = "waiting" if visit.outcome == "service" else visit.outcome
        puts += (amend("room_visit", visit.id, route=said.route, waiting=waiting, outcome=outcome, purpose="consume"),)
    verdict = Verdict(said.id, puts, subject=visit.subject)
    return verdict.but(gone(visit), before_visit(visit, said.at), _nothing_named(said))


def _nothing_named(said: Declaration) -> Objection | None:
    if said.substances:
        return None
    return Objection("no_substance", "Name at least one substance; 'unknown' is one of the choices.")
