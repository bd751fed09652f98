"""Devices: enrolled tablets and screens, and whether their sound has been heard."""

from __future__ import annotations

from fristed.ground.act import ANYONE_ON_THE_FLOOR, DEVICE, Objection, Verdict, add, amend
from fristed.ground.ids import Id
from fristed.ground.moments import Moment
from fristed.journal.frame import Scene, act
from fristed.staff import rules


@act(roles=rules.WHO_MANAGES, own_page=True, signed_in=True)
def enrol_device(scene: Scene, *, name: str, kind: str, credential: str) -> Verdict:
    """A tablet or screen belongs to this site. `credential` is the SHA-256 of the token that only it holds."""
    id = scene.tap.key
    put = add(
        "staff_device",
        id,
        site_id=scene.site.id,
        name=name.strip(),
        kind=kind,
        credential=credential,
        enrolled=scene.tap.happened,
    )
    return Verdict(id, (put,)).but(rules.nameless(name), rules.not_one_of("kind", kind, rules.KINDS))


@act(roles=frozenset({DEVICE}), own_page=True)
def claim_device(scene: Scene, *, device: Id, credential: str) -> Verdict:
    """The device itself took up its link; from now on it is known by a token that was never on a screen."""
    mine = None if scene.tap.device == device else Objection("not_this_device", "A device speaks for itself only.")
    return _about(scene, device, credential=credential).but(mine)


@act(roles=rules.WHO_MANAGES, signed_in=True)
def retire_device(scene: Scene, *, device: Id) -> Verdict:
    """A device no longer belongs here: lost, broken or replaced. It is nobody from now on."""
    return _about(scene, device, retired=scene.tap.happened, armed=None)


@act(roles=ANYONE_ON_THE_FLOOR)
def arm_device(scene: Scene, *, device: Id) -> Verdict:
    """Someone heard this device's test sound, so it may be trusted to sound the alarm."""
    return _about(scene, device, armed=scene.tap.happened)


@act(roles=ANYONE_ON_THE_FLOOR)
def disarm_device(scene: Scene, *, device: Id) -> Verdict:
    """This device is silent: switched off on purpose, or its sound failed."""
    return _about(scene, device, armed=None)


def _about(scene: Scene, device: Id, **values: Moment | str | None) -> Verdict:
    row = scene.store.get("staff_device", device)
    known = row is not None and row["site_id"] == scene.site.id and row["retired"] is None
    return Verdict(device, (amend("staff_device", device, **values),)).but(rules.unknown("device", known))
