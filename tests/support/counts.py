"""How many tests ran on each database. The counts are equal; a test that runs on one only is named here, with why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

ON_ONE_ONLY: dict[str, str] = {}


def per_database(node_ids: Iterable[str]) -> Counter[str]:
    """Counts tests by the database in their name."""
    return Counter(name for id in node_ids for name in ("sqlite", "postgres") if f"[{name}" in id or f"-{name}" in id)


def uneven(node_ids: Iterable[str]) -> list[str]:
    """Tests that ran on one database only and are not named in `ON_ONE_ONLY`."""
    ids = set(node_ids)
    twins = {id: id.replace("sqlite", "postgres") if "sqlite" in id else id.replace("postgres", "sqlite") for id in ids}
    alone = (id for id, twin in twins.items() if ("[sqlite" in id or "[postgres" in id) and twin not in ids)
    return sorted(id for id in alone if id.split("[")[0] not in ON_ONE_ONLY)
