"""What a person says before a place is given: substances, route, what else matters for this use.

The law of some places asks for this record before every intake (Denmark, order 972/2016, §6(2)).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fristed.ground.act import Objection, Put, Verdict, add, amend
from fristed.ground.ids import Id
from fristed.ground.moments import Moment
from fristed.room.rules.door import Visit, before_visit, gone

ANSWERS = ("yes", "no", "not_asked")
LAST_USE = ("under_6h", "under_24h", "days_1_3", "days_4_7", "longer", "not_asked")
LONGEST = 200  # letters of all substance codes together


@dataclass(frozen=True, slots=True)
class Declaration:
    """A declared consumption. Answers are yes, no or not_asked; last_use is a word from `LAST_USE`."""

    id: Id
    at: Moment
    substances: tuple[str, ...]
    route: str
    last_use: str = "not_asked"
    depressants: str = "not_asked"
    tolerance: str = "not_asked"  # reduced?
    assisted: str = "not_asked"
    helper: Id | None = None
    product_seen: str = "not_asked"
    rules_told: str = "not_asked"

    @property
    def silent(self) -> bool:
        """Whether nothing was said at all: the person checks in, and is asked later."""
        return self == Declaration(self.id, self.at, (), self.route)

    @property
    def named(self) -> str:
        """The substances as they are kept: in alphabetical order, one space between."""
        return " ".join(sorted(set(self.substances)))


def declare(site: Id, day: str, visit: Visit, said: Declaration, *, seated: bool) -> Verdict:
    """Someone declares a consumption; unless already in a place, they wait in the queue of its route."""
    puts: tuple[Put, ...] = (consumption(site, day, visit.id, said),)
    if not seated:
        waiting = visit.waiting if visit.waiting is not None else said.at
        outcome = "waiting" if visit.outcome == "service" else visit.outcome
        puts += (amend("room_visit", visit.id, route=said.route, waiting=waiting, outcome=outcome, purpose="consume"),)
    verdict = Verdict(said.id, puts, subject=visit.subject)
    return verdict.but(gone(visit), before_visit(visit, said.at), nothing_named(said))


def consumption(site: Id, day: str, visit: Id, said: Declaration) -> Put:
    """The declared consumption's row."""
    return add(
        "room_consumption",
        said.id,
        site_id=site,
        visit_id=visit,
        day=day,
        declared=said.at,
        substances=said.named,
        route=said.route,
        last_use=said.last_use,
        depressants=said.depressants,
        tolerance=said.tolerance,
        assisted=said.assisted,
        helper=said.helper,
        product_seen=said.product_seen,
        rules_told=said.rules_told,
    )


def misworded(said: Declaration, substances: Iterable[str], routes: Iterable[str]) -> Objection | None:
    """An objection to a word that is on no list here: no screen of this service can have sent it."""
    answers = (said.depressants, said.tolerance, said.assisted, said.product_seen, said.rules_told)
    known = set(said.substances) <= set(substances) and len(said.named) <= LONGEST
    if known and said.route in routes and said.last_use in LAST_USE and set(answers) <= set(ANSWERS):
        return None
    return Objection("misworded", "One of these answers is not on the list. Reload the page.", recordable=False)


def nothing_named(said: Declaration) -> Objection | None:
    """An objection to a declaration of nothing."""
    if said.substances:
        return None
    return Objection("no_substance", "Name at least one substance; 'unknown' is one of the choices.")
