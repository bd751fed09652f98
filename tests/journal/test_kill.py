"""kill -9 in the middle of a busy evening with an emergency open: nothing that was acknowledged is lost or doubled."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import httpx
from django.db import connection

from fristed.ground.act import NURSE
from fristed.ground.ids import Id, new_id
from fristed.journal.models import Entry
from fristed.journal.verify import verify
from fristed.room.acts.emergency import raise_emergency
from tests.journal import life
from tests.support.cast import done
from tests.support.service import Service, start
from tests.support.tapping import HEADERS, tap

WRITERS = 24
ENOUGH = 400  # acknowledged taps before the kill


class Client:
    """Taps on one tablet, one after the other, and its own log of the keys that were acknowledged."""

    def __init__(self, http: httpx.Client, steps: list[tuple[str, dict[str, object]]]) -> None:
        self.http, self.steps = http, steps
        self.sent: list[dict[str, object]] = []
        self.acknowledged: list[Id] = []

    def run(self) -> None:
        """Taps until the service is gone."""
        number = 0
        while True:
            act, args = self.steps[number % len(self.steps)]
            number += 1
            text = tap(act, args=args)
            self.sent.append(text)
            try:
                (answer,) = post(self.http, text)
            except httpx.TransportError:
                return
            if answer["ok"]:
                self.acknowledged.append(str(text["key"]))


def post(http: httpx.Client, text: dict[str, object]) -> list[dict[str, object]]:
    origin = {"Origin": str(http.base_url).rstrip("/")}
    response = http.post("/taps", json={"now": text["at"], "taps": [text]}, headers=HEADERS | origin)
    assert response.status_code == 200, response.text
    answers: list[dict[str, object]] = response.json()["answers"]
    return answers


def kill_everything(service: Service) -> None:
    """Ends the supervisor and every part at once, as a power cut does: nobody may say goodbye."""
    first = service.process.pid
    parts = Path(f"/proc/{first}/task/{first}/children").read_text().split()
    assert parts
    for pid in (first, *map(int, parts)):
        os.kill(pid, signal.SIGKILL)
    service.process.wait(timeout=10)


def test_every_acknowledged_tap_is_there_exactly_once_after_a_kill_under_load(
    service: Service, tmp_path: Path, database: str
) -> None:
    visit = done(life.come(service.tap(NURSE), client=None, note="invented")).thing
    emergency = done(raise_emergency(service.tap(NURSE), spot="door")).thing
    steps: list[tuple[str, dict[str, object]]] = [
        ("room.seen_breathing", {"visit": visit}),
        ("room.step", {"emergency": emergency, "kind": "stimulate"}),
        ("room.give", {"item": "needles", "count": 2}),
        ("room.step", {"emergency": emergency, "kind": "oxygen", "litres": 15}),
    ]
    connection.close()
    with ExitStack() as stack:
        whose = stack.enter_context(service.client(NURSE))
        clients = [Client(stack.enter_context(service.outsider()), steps) for _ in range(WRITERS)]
        for client in clients:
            client.http.cookies.update(whose.cookies)
        threads = [threading.Thread(target=client.run) for client in clients]
        for thread in threads:
            thread.start()
        until = time.monotonic() + 60
        while sum(len(client.acknowledged) for client in clients) < ENOUGH and time.monotonic() < until:
            time.sleep(0.02)
        kill_everything(service)
        for thread in threads:
            thread.join()
    acknowledged = [key for client in clients for key in client.acknowledged]
    assert len(acknowledged) >= ENOUGH
    assert all(client.acknowledged for client in clients)
    service.process = start(service.home, service.cast, database).process  # which also shows that it starts again
    kept = Counter(Entry.objects.filter(site_id=service.site).values_list("key", flat=True))
    assert {key: kept[key] for key in acknowledged if kept[key] != 1} == {}
    sent = {str(text["key"]) for client in clients for text in client.sent}
    assert sum(key in sent for key in kept) <= len(acknowledged) + WRITERS, "more was kept than was asked"
    report = verify()
    assert report.findings == []
    print(f"{len(acknowledged)} acknowledged, {report.entries} entries, {WRITERS} writers, on {database}")


def test_a_tap_that_was_kept_but_not_acknowledged_is_answered_with_its_first_result(service: Service) -> None:
    visit = done(life.come(service.tap(NURSE), client=None)).thing
    text = tap("room.seen_breathing", key=new_id(), args={"visit": visit})
    with service.client(NURSE) as http:
        first, again = post(http, text)[0], post(http, text)[0]
    assert (first["ok"], first["repeated"]) == (True, False)
    assert (again["ok"], again["repeated"], again["thing"]) == (True, True, first["thing"])
