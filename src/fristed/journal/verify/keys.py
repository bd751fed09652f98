"""The key store: every key opens, and no key of an erased person is left."""

from __future__ import annotations

from collections.abc import Iterator

from fristed.ground import seal
from fristed.ground.keyring import wrapping_key
from fristed.journal.verify.reading import BATCH, ask
from fristed.journal.verify.report import Finding


def unfit_keys() -> Iterator[Finding]:
    """Keys that should be gone, and keys that do not open."""
    left = "SELECT k.id FROM ground_subjectkey k JOIN ground_destroyedkey d ON d.id = k.id ORDER BY k.id"
    for (id,) in ask(left):
        yield Finding("keys", f"ground_subjectkey {id}", "This person was erased, but the key is there.")
    after = ""
    while rows := ask(f"SELECT id, wrapped FROM ground_subjectkey WHERE id > %s ORDER BY id LIMIT {BATCH}", after):  # noqa: S608  # a number from code
        for id, wrapped in rows:
            if not _opens(id, wrapped):
                yield Finding(
                    "keys", f"ground_subjectkey {id}", "This key does not open: what it sealed is unreadable."
                )
        after = rows[-1][0]


def _opens(id: str, wrapped: str) -> bool:
    try:
        seal.unwrap(wrapping_key(), id, wrapped)
    except (seal.Unreadable, ValueError):
        return False
    return True
