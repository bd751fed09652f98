"""What staff pages read."""

from __future__ import annotations

from dataclasses import dataclass

from fristed.ground.act import FLOOR
from fristed.ground.ids import Id
from fristed.ground.models import Site
from fristed.ground.site import SiteFile, decode_site
from fristed.staff.models import Device, Duty, Pin, Worker


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
    """Someone on shift, as shown: worker, name, role, part, since when."""

    worker: Id
    name: str
    role: str
    part: str
    since: int


def on_duty(site: Id) -> list[OnDuty]:
    """Who is on shift, the lead first."""
    duties = Duty.objects.filter(site=site, until=None).select_related("worker").order_by("since")
    shown = [OnDuty(d.worker_id, d.worker.name, d.worker.role, d.part, d.since) for d in duties]
    return sorted(shown, key=lambda d: d.part != "lead")


def posts(site: Id) -> list[Worker]:
    """Every post of a site, those held now first."""
    return sorted(Worker.objects.filter(site=site), key=lambda w: (w.until is not None, w.name.casefold()))


def devices(site: Id) -> list[Device]:
    """The devices of a site that are not retired."""
    return list(Device.objects.filter(site=site, retired=None).order_by("name"))
