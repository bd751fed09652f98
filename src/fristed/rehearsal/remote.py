"""The hands that tap over HTTP: invented staff, each in a turn on an enrolled tablet of a running rehearsal."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from typing import Any

import httpx

from fristed.ground.act import Role
from fristed.ground.ids import Id, new_id
from fristed.ground.moments import Moment
from fristed.rehearsal.hands import Refused
from fristed.staff.devices import REHEARSAL_COOKIE

_PATIENCE = 30.0  # seconds for one answer
_PAUSES = (0.2, 1.0, 3.0)  # seconds
_MILLISECOND: Moment = 1000
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class RemoteHands:
    """Taps at `url` as the workers of the crew, with their PIN, on the tablet that holds `token`."""

    def __init__(self, url: str, token: str, pin: str, crew: Mapping[Role, Id]) -> None:
        self.url = url
        self.token = token
        self.pin = pin
        self.crew = crew
        self._turns: dict[Role, httpx.Client] = {}

    def do(self, role: Role, act: str, at: Moment, /, *, because: str = "", **asked: Any) -> Id:
        sent = at // _MILLISECOND
        tap = {"act": act, "args": asked, "key": new_id(at), "at": sent, "override": bool(because), "reason": because}
        answer = self._tap(role, {"now": sent, "taps": [tap]})
        if not answer.get("ok") and answer.get("rule") in ("sign_in", "permission"):
            self._turns.pop(role).close()  # the turn ended by itself: another, once
            answer = self._tap(role, {"now": sent, "taps": [tap]})
        if not answer.get("ok"):
            raise Refused(f"{act}: {answer.get('sentence')} ({answer.get('rule')})")
        return str(answer["thing"])

    def _tap(self, role: Role, batch: dict[str, Any]) -> dict[str, Any]:
        if role not in self._turns:
            self._turns[role] = self._begin(role)
        answer = self._post(self._turns[role], batch).json()
        found: dict[str, Any] = answer["answers"][0] if "answers" in answer else answer
        return found

    def _post(self, http: httpx.Client, batch: dict[str, Any]) -> httpx.Response:
        """Sends the batch; the same again while the service starts a part anew. Its keys make each tap count once."""
        for pause in _PAUSES:
            try:
                return http.post("/taps", json=batch, headers={"Fristed-Tap": "1"})
            except httpx.TransportError:
                time.sleep(pause)
        return http.post("/taps", json=batch, headers={"Fristed-Tap": "1"})

    def _begin(self, role: Role) -> httpx.Client:
        http = httpx.Client(base_url=self.url, timeout=_PATIENCE)
        http.cookies.set(REHEARSAL_COOKIE, self.token)
        token = _TOKEN.search(http.get("/turn/").text)
        if token is None:
            raise Refused(f"{self.url}: this tablet is not enrolled here.")
        form = {"worker": self.crew[role], "pin": self.pin, "next": "/", "csrfmiddlewaretoken": token.group(1)}
        if http.post("/turn/", data=form).status_code != httpx.codes.FOUND:
            raise Refused(f"{self.url}: {role} could not begin a turn.")
        return http
