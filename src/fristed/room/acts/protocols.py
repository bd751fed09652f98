"""The site signs a protocol for a kind of emergency. None is preset; only a signed one reminds anyone."""

from __future__ import annotations

from fristed.ground.act import LEAD, Verdict, add, amend
from fristed.ground.ids import Id
from fristed.journal.frame import Scene, act
from fristed.room.acts.load import row_of, unknown
from fristed.room.rules.protocol import Protocol, misworded, text_of


@act(roles=LEAD, late=False)
def sign_protocol(scene: Scene, *, protocol: Protocol) -> Verdict:
    """From now on this protocol reminds in emergencies of its kind; the one before it is retired."""
    tap = scene.tap
    new = add(
        "room_protocol",
        tap.key,
        site_id=scene.site.id,
        kind=protocol.kind,
        text=text_of(protocol),
        signed=tap.happened,
        signed_by=tap.worker,
    )
    before = scene.store.find("room_protocol", site_id=scene.site.id, kind=protocol.kind, retired=None)
    retired = (amend("room_protocol", row["id"], retired=tap.happened) for row in before)
    return Verdict(tap.key, (new, *retired)).but(misworded(protocol))


@act(roles=LEAD, late=False)
def retire_protocol(scene: Scene, *, protocol: Id) -> Verdict:
    """From now on nothing reminds in emergencies of its kind."""
    row = row_of(scene, "room_protocol", protocol)
    if row is None:
        return unknown("protocol")
    return Verdict(protocol, (amend("room_protocol", protocol, retired=scene.tap.happened),))
