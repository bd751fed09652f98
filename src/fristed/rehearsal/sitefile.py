"""The site file of an invented service. What nobody published stays MUST SET, as in a real one."""

from __future__ import annotations

from itertools import count

from fristed.ground.limits import Limit
from fristed.ground.site import WEEKDAYS, Hours, Naloxone, Place, SiteFile
from fristed.rehearsal.roomfile import RoomFile

APPROVER = "nobody: a rehearsal, not for care"
_ROW = 6  # places side by side in the small plan


def site_file(room: RoomFile) -> SiteFile:
    """What the rehearsed site says about itself."""
    places = _places(room)
    hours = Hours(room.hours.opens, room.hours.closes)
    house, staff = room.house, room.minimum_staff
    return SiteFile(
        slug=room.slug,
        name=room.name,
        zone=room.zone,
        country=room.country,
        places=places,
        place_count=len(places),
        hours=dict.fromkeys(WEEKDAYS, hours),
        languages=house.languages,
        identification=house.identification,
        house_rules=house.house_rules,
        substances=tuple(room.substances.parts),
        stay={r: Limit(round(f.value), "min", f.source, APPROVER) for r, f in room.stay_limit.items()},
        limits={} if staff is None else {"minimum_staff": Limit(round(staff.value), "", staff.source, APPROVER)},
        naloxone=tuple(Naloxone(n.name, n.route, n.micrograms) for n in room.naloxone),
        equipment=house.equipment,
        services=tuple(room.offers.services.parts),
        referrals=tuple(room.offers.referrals.parts),
        emergency_pauses_admission=house.emergency_pauses_admission,
        drug_checking=room.checking is not None,
        demonstration=True,
    )


def _places(room: RoomFile) -> tuple[Place, ...]:
    numbers = count(1)
    routes = [group.routes for group in room.places for _ in range(group.count)]
    return tuple(
        Place(number, served, x=(number - 1) % _ROW, y=(number - 1) // _ROW)
        for number, served in zip(numbers, routes, strict=False)
    )
