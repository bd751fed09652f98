"""How acts read people: rows of this site only, and every record of one person."""

from __future__ import annotations

from fristed.ground.ids import Id
from fristed.ground.store import Row, Store
from fristed.journal.frame import Scene


def client_of(scene: Scene, id: Id) -> Row | None:
    """A person's record at this site."""
    row = scene.store.get("people_client", id)
    return row if row is not None and row["site_id"] == scene.site.id else None


def owned(scene: Scene, table: str, id: Id) -> Row | None:
    """A row about a person of this site."""
    row = scene.store.get(table, id)
    return row if row is not None and client_of(scene, row["client_id"]) is not None else None


def records_of(store: Store, client: Id) -> tuple[Id, ...]:
    """Every record that is this person: the one that others were put under first, then those."""
    top = store.get("people_client", client)
    while top is not None and top["merged_into_id"] is not None:
        top = store.get("people_client", top["merged_into_id"])
    found = [client if top is None else top["id"]]
    for record in found:  # grows while it is walked: records under records
        found += [row["id"] for row in store.find("people_client", merged_into_id=record)]
    return tuple(found)
