"""How many tests ran on each database. The counts are equal; a test that runs on one only is named here, with why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

ON_ONE_ONLY: dict[str, str] = {}


_DATABASE = re.compile(r"(?<=[\[-])(sqlite|postgres)(?=[\]-])")  # as one of the values in a test's name
_TWIN = {"sqlite": "postgres", "postgres": "sqlite"}


def per_database(node_ids: Iterable[str]) -> Counter[str]:
    """Counts tests by the database in their name."""
    return Counter(name for id in node_ids for name in _DATABASE.findall(id))


def uneven(node_ids: Iterable[str]) -> list[str]:
    """Tests that ran on one database only and are not named in `ON_ONE_ONLY`."""
    ids = set(node_ids)
    alone = (id for id in ids if _DATABASE.sub(lambda found: _TWIN[found[0]], id) not in ids)
    return sorted(id for id in alone if id.split("[")[0] not in ON_ONE_ONLY)
