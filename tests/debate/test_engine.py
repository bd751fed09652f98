"""The forecast's process: absent, killed, or asked something it cannot use, the page says so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from fristed.debate import engine as module
from fristed.debate.engine import Engine
from fristed.ground.act import ANALYST, MANAGER, Role
from tests.support.service import make_cast, signed_in


@pytest.fixture
def engine() -> Iterator[Engine]:
    started = Engine()
    yield started
    started.end()


def test_areas_are_named_and_a_lever_that_cannot_be_used_is_refused_in_a_sentence(engine: Engine) -> None:
    assert {"key": "durham-2014", "name": "Durham force area, 2014"} in engine.ask(want="areas")["areas"]
    stated = {one["name"]: one for one in engine.ask(want="areas")["positions"]}
    assert len(stated) == 22 and not stated["prolific-first"]["by_turn"] and stated["prison"]["trap"]
    refused = engine.ask(want="twin", area="durham-2014", levers={"hat_places": 10})
    assert refused["state"] == "refused" and "somebody must pay" in refused["sentence"]
    assert engine.ask(want="twin", area="nowhere", levers={})["state"] == "refused"


def test_a_process_that_was_killed_starts_anew(engine: Engine) -> None:
    engine.ask(want="areas")
    assert engine._process is not None
    engine._process.kill()
    engine._process.wait()
    assert engine.ask(want="areas")["state"] == "areas"


def test_no_key_of_the_house_reaches_the_forecast(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRISTED_KEY", "ab" * 32)
    engine.ask(want="areas")
    assert engine._process is not None
    with open(f"/proc/{engine._process.pid}/environ", encoding="utf-8") as file:  # noqa: PTH123  # not a file on disk
        assert "FRISTED" not in file.read()


@pytest.mark.parametrize("role", [MANAGER, ANALYST])
def test_where_the_forecast_is_not_installed_the_page_says_so(
    database: str, role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_NEEDED", ("a_package_that_is_nowhere",))
    client: Client = signed_in(make_cast(), role)
    page = client.get("/argument/")
    assert page.status_code == 200 and "not installed" in page.content.decode()
