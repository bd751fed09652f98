"""Posts: who works at this site, in which role, from when to when."""

from __future__ import annotations

from dataclasses import replace

from fristed.ground.act import Objection, Verdict, add, amend
from fristed.ground.ids import Id
from fristed.journal.frame import Scene, act
from fristed.staff import rules


@act(roles=rules.WHO_MANAGES, own_page=True, signed_in=True)
def hire(scene: Scene, *, name: str, role: str, account: int | None = None) -> Verdict:
    """Someone new takes up a post here. `account` is their new sign-in; without one they use a PIN on tablets."""
    held = [] if account is None else scene.store.find("staff_worker", account=account, until=None)
    return _post(scene, name, role, account).but(rules.at_work(len(held)))


@act(roles=rules.WHO_MANAGES, own_page=True, signed_in=True)
def offer(scene: Scene, *, name: str, role: str, account: int) -> Verdict:
    """Someone who has a sign-in already is offered a post here. Nothing begins before they take it up."""
    return replace(_post(scene, name, role, account), puts=()).but(
        rules.own_account(account, _account(scene, scene.tap.worker))
    )


@act(roles=rules.ANY_POST, own_page=True, signed_in=True)
def take_up(scene: Scene, *, name: str, role: str, account: int) -> Verdict:
    """The person themself takes up a post that they were offered."""
    return _post(scene, name, role, account)


@act(roles=rules.WHO_MANAGES, signed_in=True)
def change_role(scene: Scene, *, worker: Id, role: str) -> Verdict:
    """Someone works here in another role from now on."""
    return Verdict(worker, (amend("staff_worker", worker, role=role),)).but(
        rules.unknown("worker", _works_here(scene, worker)),
        rules.not_one_of("role", role, rules.POSTS),
        _own(scene, worker),
    )


@act(roles=rules.WHO_MANAGES, signed_in=True)
def end_post(scene: Scene, *, worker: Id) -> Verdict:
    """Someone no longer works here; what they did stays theirs."""
    on_duty = scene.store.find("staff_duty", worker_id=worker, until=None)
    until = scene.tap.happened
    puts = (amend("staff_worker", worker, until=until), *(amend("staff_duty", d["id"], until=until) for d in on_duty))
    return Verdict(worker, puts).but(rules.unknown("worker", _works_here(scene, worker)), _own(scene, worker))


def _post(scene: Scene, name: str, role: str, account: int | None) -> Verdict:
    id, since = scene.tap.key, scene.tap.happened
    values = {"site_id": scene.site.id, "account": account, "name": name.strip(), "role": role, "since": since}
    return Verdict(id, (add("staff_worker", id, **values),)).but(
        rules.nameless(name), rules.not_one_of("role", role, rules.POSTS)
    )


def _own(scene: Scene, worker: Id) -> Objection | None:
    """Whether this post is the tapper's own: the one they tap in, or another of theirs."""
    mine = rules.own_account(_account(scene, worker), _account(scene, scene.tap.worker))
    return rules.own_post(worker, scene.tap.worker) or mine


def _account(scene: Scene, worker: Id | None) -> int | None:
    row = scene.store.get("staff_worker", worker) if worker else None
    return row["account"] if row else None


def _works_here(scene: Scene, worker: Id) -> bool:
    row = scene.store.get("staff_worker", worker)
    return row is not None and row["site_id"] == scene.site.id and row["until"] is None
