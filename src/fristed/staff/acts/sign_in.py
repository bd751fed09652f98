"""Full sign-ins, as facts. Passwords, passkeys and sessions themselves are sign-in's and in no journal."""

from __future__ import annotations

from fristed.ground.act import DEVICE, Verdict
from fristed.ground.ids import Id
from fristed.journal.frame import Scene, act
from fristed.staff import rules


@act(roles=rules.ANY_POST, own_page=True)
def sign_in(scene: Scene) -> Verdict:
    """A worker of this site signed in with password or passkey and second factor."""
    return Verdict(scene.tap.worker or "")


@act(roles=rules.ANY_POST, own_page=True)
def sign_out(scene: Scene) -> Verdict:
    """A worker of this site signed out."""
    return Verdict(scene.tap.worker or "")


@act(roles=frozenset({DEVICE}), own_page=True)
def fail_sign_in(scene: Scene, *, worker: Id) -> Verdict:
    """Someone tried to sign in as this worker and did not succeed."""
    row = scene.store.get("staff_worker", worker)
    return Verdict(worker).but(rules.unknown("worker", row is not None and row["site_id"] == scene.site.id))


@act(roles=rules.ANY_POST, own_page=True)
def change_sign_in(scene: Scene, *, what: str) -> Verdict:
    """A worker changed how they sign in: password, PIN, passkey, authenticator app."""
    return Verdict(scene.tap.worker or "").but(rules.not_one_of("change", what, rules.SIGN_IN_CHANGES))


@act(roles=rules.WHO_MANAGES, own_page=True, signed_in=True)
def invite(scene: Scene, *, worker: Id) -> Verdict:
    """A one-time sign-in was handed to this worker: for a new post, or after a forgotten password or PIN."""
    row = scene.store.get("staff_worker", worker)
    here = row is not None and row["site_id"] == scene.site.id and row["until"] is None
    held = scene.store.find("staff_worker", account=row["account"], until=None) if row and row["account"] else []
    return Verdict(worker).but(
        rules.unknown("worker", here), rules.works_elsewhere({post["site_id"] for post in held}, scene.site.id)
    )
