"""Posts: who works at this site, in which role, from when to when."""

from __future__ import annotations

from fristed.ground.act import Verdict, add, amend
from fristed.ground.ids import Id
from fristed.journal.frame import Scene, act
from fristed.staff import rules


@act(roles=rules.WHO_MANAGES, own_page=True)
def hire(scene: Scene, *, name: str, role: str, account: int | None = None) -> Verdict:
    """Someone takes up a post at this site. `account` is their sign-in; without one they use a PIN on tablets."""
    id = scene.tap.key
    put = add(
        "staff_worker",
        id,
        site_id=scene.site.id,
        account=account,
        name=name.strip(),
        role=role,
        since=scene.tap.happened,
    )
    return Verdict(id, (put,)).but(rules.nameless(name), rules.not_one_of("role", role, rules.POSTS))


@act(roles=rules.WHO_MANAGES)
def change_role(scene: Scene, *, worker: Id, role: str) -> Verdict:
    """Someone works here in another role from now on."""
    return Verdict(worker, (amend("staff_worker", worker, role=role),)).but(
        rules.unknown("worker", _works_here(scene, worker)),
        rules.not_one_of("role", role, rules.POSTS),
        rules.own_post(worker, scene.tap.worker),
    )


@act(roles=rules.WHO_MANAGES)
def end_post(scene: Scene, *, worker: Id) -> Verdict:
    """Someone no longer works here; what they did stays theirs."""
    on_duty = scene.store.find("staff_duty", worker_id=worker, until=None)
    until = scene.tap.happened
    puts = (amend("staff_worker", worker, until=until), *(amend("staff_duty", d["id"], until=until) for d in on_duty))
    return Verdict(worker, puts).but(
        rules.unknown("worker", _works_here(scene, worker)), rules.own_post(worker, scene.tap.worker)
    )


def _works_here(scene: Scene, worker: Id) -> bool:
    row = scene.store.get("staff_worker", worker)
    return row is not None and row["site_id"] == scene.site.id and row["until"] is None
