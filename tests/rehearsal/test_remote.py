"""Hands that tap over HTTP in turns that end by themselves."""

from __future__ import annotations

import pytest

from fristed.ground.moments import now
from fristed.journal.models import Entry
from fristed.rehearsal import remote
from fristed.rehearsal.remote import RemoteHands
from fristed.staff import devices
from tests.support.service import PIN, Service


def test_hands_whose_turn_has_ended_begin_another_and_the_life_goes_on(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "REHEARSAL_COOKIE", devices.COOKIE)
    hands = RemoteHands(service.url, service.cast.token, PIN, service.cast.workers)
    hands.do("nurse", "room.check_in", now(), client=None, purpose="service")
    hands._turns["nurse"].cookies.delete("sessionid")  # a night passes: the turn has ended by itself
    hands.do("nurse", "room.check_in", now(), client=None, purpose="service")
    assert Entry.objects.filter(act="room.check_in").count() == 2
    for turn in hands._turns.values():
        turn.close()
