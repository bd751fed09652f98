"""Taps made without a network that could not be placed when they arrived. None is lost; a person settles each."""

from __future__ import annotations

from typing import Any, Literal, get_args

import msgspec

from fristed.ground.act import CALL_SCREEN, CARE, Objection, Role, Secret, Verdict, add, amend
from fristed.ground.ids import Id
from fristed.journal.frame import Scene, act
from fristed.room.acts.load import row_of, unknown, visit_of

_WORD = 60  # what the column holds


@act(roles=frozenset(get_args(Role)) - {CALL_SCREEN}, own_page=True)
def keep_unplaced(scene: Scene, *, act: str, args: str, why: str) -> Verdict:
    """A tap has happened but makes no sense to the service: kept as it came, for a person to settle.

    `args` is what was asked, as JSON; `why` is the rule, or what went wrong.
    """
    tap, subject = scene.tap, _subject(scene, args)
    put = add(
        "room_unplaced",
        tap.key,
        site_id=scene.site.id,
        subject=subject,
        act=act[:_WORD],
        at=tap.happened,
        why=why[:_WORD],
        role=tap.role,
        worker=tap.worker,
        sealed=Secret(subject, {"args": args}),
    )
    return Verdict(tap.key, (put,), subject=subject)


@act(roles=CARE)
def settle_unplaced(scene: Scene, *, unplaced: Id, how: Literal["entered", "dropped"]) -> Verdict:
    """A person has dealt with it: entered by hand as a new fact, or dropped because nothing is missing."""
    row = row_of(scene, "room_unplaced", unplaced)
    if row is None:
        return unknown("unplaced")
    put = amend("room_unplaced", unplaced, settled=scene.tap.happened, settled_how=how)
    return Verdict(unplaced, (put,), subject=row["subject"]).but(_settled(row["settled"]))


def _settled(settled: int | None) -> Objection | None:
    return None if settled is None else Objection("already_settled", "Somebody has already dealt with this.")


def _subject(scene: Scene, args: str) -> Id:
    """Whose key seals what was asked: the client's or the visit's where one is known here, else the tap's own."""
    found = _named(scene, msgspec.json.decode(args))
    erased = found is not None and scene.store.get("ground_destroyedkey", found) is not None
    return scene.tap.key if found is None or erased else found


def _named(scene: Scene, args: dict[str, Any]) -> Id | None:
    client, visit = args.get("client"), args.get("visit")
    if isinstance(client, str) and row_of(scene, "people_client", client) is not None:
        return client
    row = row_of(scene, "room_visit", visit) if isinstance(visit, str) else None
    return None if row is None else visit_of(row).subject
