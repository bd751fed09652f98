"""What is sealed opens with its subject's key, in its own name, and in no other way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fristed.ground import seal

KEY, OTHER = b"k" * 32, b"o" * 32
ANA, BO, TAP = "a" * 32, "b" * 32, "c" * 32
contents = st.dictionaries(st.text(max_size=8), st.none() | st.integers(-(2**53), 2**53) | st.text(max_size=30))


@given(contents)
def test_what_is_sealed_is_what_opens(content: dict[str, str | int | None]) -> None:
    assert seal.unseal(KEY, ANA, seal.seal(KEY, ANA, TAP, "t.i.c", content)) == content


@pytest.mark.parametrize(("key", "subject"), [(OTHER, ANA), (KEY, BO), (None, ANA)])
def test_another_key_or_another_name_opens_nothing(key: bytes | None, subject: str) -> None:
    sealed = seal.seal(KEY, ANA, TAP, "t.i.c", {"call_word": "Kestrel"})
    with pytest.raises(seal.Unreadable):
        seal.unseal(key, subject, sealed)


def test_a_changed_text_does_not_open() -> None:
    sealed = seal.seal(KEY, ANA, TAP, "t.i.c", {"call_word": "Kestrel"})
    swapped = sealed[:-6] + ("A" if sealed[-6] != "A" else "B") + sealed[-5:]
    with pytest.raises(seal.Unreadable):
        seal.unseal(KEY, ANA, swapped)


def test_nothing_sealed_is_empty_without_a_key() -> None:
    assert seal.unseal(None, ANA, "") == {}


def test_two_places_of_one_tap_never_share_a_nonce() -> None:
    here, there = (seal.seal(KEY, ANA, TAP, place, {"a": 1}) for place in ("t.i.c", "t.i.d"))
    assert here[:16] != there[:16]
    assert here == seal.seal(KEY, ANA, TAP, "t.i.c", {"a": 1}), "a rehearsal repeats to the last hash"


def test_a_wrapped_key_opens_for_its_owner_only() -> None:
    wrapped = seal.wrap(OTHER, ANA, KEY)
    assert seal.unwrap(OTHER, ANA, wrapped) == KEY
    with pytest.raises(seal.Unreadable):
        seal.unwrap(OTHER, BO, wrapped)


def test_each_purpose_has_a_key_of_its_own() -> None:
    purposes = ("database", "subjects", "asks", "heads", "web")
    assert len({seal.derive(KEY, purpose) for purpose in purposes}) == len(purposes)


def test_a_fingerprint_depends_on_its_key_and_on_every_part() -> None:
    first = seal.fingerprint(KEY, ["room.seat", {"place": 1}])
    assert first == seal.fingerprint(KEY, ["room.seat", {"place": 1}])
    others = [
        (OTHER, ["room.seat", {"place": 1}]),
        (KEY, ["room.seat", {"place": 2}]),
        (KEY, ["room.free", {"place": 1}]),
    ]
    assert first not in [seal.fingerprint(key, parts) for key, parts in others]


def test_heads_are_signed_by_the_service_key_alone() -> None:
    signer, same = seal.head_signer(KEY), seal.head_signer(KEY)
    same.public_key().verify(signer.sign(b"head"), b"head")
    assert signer.public_key() != seal.head_signer(OTHER).public_key()
