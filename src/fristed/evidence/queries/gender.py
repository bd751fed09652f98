"""What people said about their gender: sealed per person, opened in memory only, answered as counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from fristed.ground import seal
from fristed.ground.ids import Id
from fristed.ground.keyring import DatabaseKeyring
from fristed.people.models import Client

NOT_SAID = "not said"
_AT_ONCE = 500


def genders(people: Iterable[Id]) -> Counter[str]:
    """How many of these people said what. Who was erased said nothing."""
    wanted = tuple(people)
    parts = (wanted[n : n + _AT_ONCE] for n in range(0, len(wanted), _AT_ONCE))
    return Counter(answer for part in parts for answer in _of(part))


def _of(people: tuple[Id, ...]) -> Iterator[str]:
    keys = DatabaseKeyring().keys(people)
    for id, sealed in Client.objects.filter(id__in=people).values_list("id", "sealed"):
        try:
            yield str(seal.unseal(keys.get(id), id, sealed).get("gender") or NOT_SAID)
        except seal.Unreadable:
            yield NOT_SAID
