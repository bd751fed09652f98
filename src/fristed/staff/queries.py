"""What staff pages read."""

from __future__ import annotations

from dataclasses import dataclass

from fristed.ground.act import FLOOR
from fristed.ground.ids import Id
from fristed.ground.keyring import DatabaseKeyring
from fristed.ground.models import Site
from fristed.ground.moments import Moment
from fristed.ground.seal import Unreadable, unseal
from fristed.ground.site import SiteFile, decode_site
from fristed.staff.models import Device, Duty, Handover, Pin, Worker


def site_file(site: Id) -> SiteFile:
    """The site file in force."""
    return decode_site(Site.objects.only("file").get(id=site).file)


def can_take_turns(site: Id) -> list[Worker]:
    """Who may tap in on a tablet of this site: floor posts with a PIN, whoever is on shift first, then by name."""
    on = set(Duty.objects.filter(site=site, until=None).values_list("worker_id", flat=True))
    with_pin = Pin.objects.values("worker_id")
    workers = Worker.objects.filter(site=site, until=None, role__in=FLOOR, id__in=with_pin)
    return sorted(workers, key=lambda w: (w.id not in on, w.name.casefold()))


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Someone on shift: worker, name, role, part, since when."""

    worker: Id
    name: str
    role: str
    part: str
    since: Moment


def on_duty(site: Id) -> list[OnDuty]:
    """Who is on shift, the lead first."""
    duties = Duty.objects.filter(site=site, until=None).select_related("worker").order_by("since")
    shown = [OnDuty(d.worker_id, d.worker.name, d.worker.role, d.part, d.since) for d in duties]
    return sorted(shown, key=lambda d: d.part != "lead")


def posts(site: Id) -> tuple[list[Worker], list[Worker]]:
    """The posts of a site that are held now, and those that ended, by name."""
    everyone = sorted(Worker.objects.filter(site=site), key=lambda w: w.name.casefold())
    return [w for w in everyone if w.until is None], [w for w in everyone if w.until is not None]


def off_duty(site: Id) -> list[Worker]:
    """Who has a floor post here and is not on shift, by name."""
    on = Duty.objects.filter(site=site, until=None).values("worker_id")
    found = Worker.objects.filter(site=site, until=None, role__in=FLOOR).exclude(id__in=on)
    return sorted(found, key=lambda w: w.name.casefold())


def devices(site: Id) -> list[Device]:
    """The devices of a site that are not retired."""
    return list(Device.objects.filter(site=site, retired=None).order_by("name"))


def silent_screens(site: Id) -> tuple[str, ...]:
    """The names of screens whose sound nobody has heard working. A call screen gives no alarm."""
    found = Device.objects.filter(site=site, retired=None, armed=None).exclude(kind="call_screen")
    return tuple(found.order_by("name").values_list("name", flat=True))


@dataclass(frozen=True, slots=True)
class Note:
    """A handover as read: when, by whom, its text (empty when its key was destroyed)."""

    written: Moment
    name: str
    text: str


def handovers(site: Id, newest: int = 5) -> list[Note]:
    """The latest handovers of a site, newest first."""
    rows = list(Handover.objects.filter(site=site).select_related("worker").order_by("-id")[:newest])
    keys = DatabaseKeyring().keys(row.id for row in rows)
    return [Note(row.written, row.worker.name, _text(row, keys.get(row.id))) for row in rows]


def _text(row: Handover, key: bytes | None) -> str:
    try:
        return str(unseal(key, row.id, row.sealed).get("text", ""))
    except Unreadable:
        return ""
