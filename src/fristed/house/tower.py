"""Where the bell hangs: watches the database, remembers what is true at each site, and who listens."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
from django.conf import settings

from fristed.ground.ids import Id
from fristed.house.alarms import QUERIES, Rows, said
from fristed.house.watching import Source, open_source

BLIND = 3.0  # seconds without a good look after which the bell says nothing
AWAY = 4.0  # seconds a screen may take from one page to the next before it counts as silent
RETRY = 1.0
TICK = 0.25  # how soon a site that nobody listened to before is read
POLL = 2.0  # how old a reading may get: on PostgreSQL only alarms call, not arming or duty

log = logging.getLogger(__name__)


class Site:
    """What is true at one site, as text, and the devices that listen there with their sound on."""

    def __init__(self) -> None:
        self.text = b""
        self.rows: dict[str, Rows] = {}
        self.sounding: Counter[Id] = Counter()
        self.listeners: set[Listener] = set()

    def dismiss(self) -> None:
        """Sends away every listener whose device is no screen of this site any more."""
        screens = {id for id, *_ in self.rows["screens"]}
        for listener in self.listeners:
            known = listener.device is None or listener.device in screens
            if known != listener.known or not known:
                listener.known, listener.dismissed = known, not known
                listener.news.set()

    def tell(self) -> None:
        """Tells everyone who listens, if what is true has changed."""
        if not self.rows:
            return
        text = msgspec.json.encode(said(self.rows, frozenset(+self.sounding)))
        if text != self.text:
            self.text = text
            for listener in self.listeners:
                listener.news.set()


class Listener:
    """One screen that listens. `known`: its device was found among the site's screens; `dismissed`: it was not."""

    def __init__(self, site: Site, device: Id | None = None) -> None:
        self.site = site
        self.device = device
        self.known = device is None
        self.dismissed = False
        self.news = asyncio.Event()
        self._heard = b""

    async def next(self, patience: float) -> bytes | None:
        """What is true now, if this screen has not heard it; None when nothing is new for so many seconds."""
        if self._heard == self.site.text or not self.known:
            self.news.clear()
            try:
                await asyncio.wait_for(self.news.wait(), patience)
            except TimeoutError:
                return None
        if not self.known or self._heard == self.site.text:
            return None
        self._heard = self.site.text
        return self._heard


class Tower:
    """One watcher for all sites, started when the first screen listens."""

    def __init__(self) -> None:
        self._sites: dict[Id, Site] = {}
        self._looked = 0.0
        self._watcher: asyncio.Task[None] | None = None

    @property
    def sees(self) -> bool:
        """Whether the database was read well a moment ago."""
        return time.monotonic() - self._looked < BLIND

    @contextmanager
    def listener(self, site_id: Id, device: Id | None, *, sounding: bool) -> Iterator[Listener]:
        """A screen listens, on this device; `sounding` when its sound works."""
        if self._watcher is None or self._watcher.done():
            self._watcher = asyncio.get_running_loop().create_task(self._watch())
        site = self._sites.setdefault(site_id, Site())
        listener = Listener(site, device)
        site.listeners.add(listener)
        voice = device if sounding else None
        if voice:
            site.sounding[voice] += 1
        site.tell()
        try:
            yield listener
        finally:
            site.listeners.discard(listener)
            if voice:
                asyncio.get_running_loop().call_later(AWAY, self._silent, site, voice)

    def _silent(self, site: Site, device: Id) -> None:
        site.sounding[device] -= 1
        site.tell()

    async def _watch(self) -> None:
        while True:
            try:
                source = await open_source(settings.SERVICE, settings.SERVICE_KEY)
                try:
                    await self._look(source)
                finally:
                    await source.close()
            except Exception:  # whatever it was: the bell must ring again as soon as it can
                log.exception("the bell cannot read the database")
                await asyncio.sleep(RETRY)

    async def _look(self, source: Source) -> None:
        read = 0.0
        while True:
            changed = await source.changed(TICK)
            self._looked = time.monotonic()
            everything = changed or self._looked - read > POLL
            if everything:
                read = self._looked
            for id, site in list(self._sites.items()):
                strange = any(not listener.known for listener in site.listeners)
                if site.listeners and (everything or strange or not site.rows):
                    site.rows = {name: await source.rows(sql, id) for name, sql in QUERIES.items()}
                    site.dismiss()
                    site.tell()
