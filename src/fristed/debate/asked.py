"""What a reader has asked for, from the address: an area, and a position of the argument or levers of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Slider:
    """One lever of the page, in people's units."""

    name: str
    words: str | Promise
    most: int
    step: int
    begins: int


SLIDERS = (
    Slider("hat_places", _("Places of heroin-assisted treatment"), 300, 5, 50),
    Slider("room_booths", _("Booths of a consumption room"), 20, 1, 0),
    Slider("room_hours", _("Hours a week the room is open"), 168, 4, 84),
    Slider("arrest_officers", _("Officers, full-time, on arrests for possession and not on thefts"), 90, 1, 0),
    Slider("rehab_places", _("Beds of detoxification and rehabilitation"), 200, 5, 0),
    Slider(
        "eligible", _("Percent whom other treatment has failed; 0 leaves it as doubtful as it is, 5 to 20"), 50, 1, 0
    ),
)
PAYING: dict[str, str | Promise] = {
    "police": _("Police and crime commissioner"),
    "public_health": _("Public health"),
    "nhs": _("NHS"),
}
PURSES: tuple[tuple[str, str | Promise, str], ...] = (
    ("hat_payer", _("Who pays for the treatment"), "police"),
    ("room_payer", _("Who pays for the room"), "public_health"),
)
OFFICER_HOURS = 1700 / 52  # productive hours of a post a week: the forecast's H_off
SWITCHES = (
    ("hat_conditional", _("A place asks for a way out to be signed")),
    ("hat_any", _("Everybody dependent may ask for a place, not only whom other treatment has failed")),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The controls as they stand. A chosen `position` brings its own levers and sets the others aside."""

    area: str
    numbers: dict[str, int]
    switches: dict[str, bool]
    payers: dict[str, str]
    position: dict[str, Any]

    def levers(self) -> dict[str, Any]:
        """What the forecast is given; a lever at nothing is left out, and somebody pays for what is opened."""
        if self.position:
            return dict(self.position["levers"])
        found: dict[str, Any] = {}
        if self.numbers["hat_places"]:
            found |= {"hat_places": self.numbers["hat_places"], "hat_payer": self.payers["hat_payer"]}
            found |= {name: True for name, on in self.switches.items() if on}
        if self.numbers["room_booths"] and self.numbers["room_hours"]:
            found |= {"room_booths": self.numbers["room_booths"], "room_hours": self.numbers["room_hours"]}
            found["room_payer"] = self.payers["room_payer"]
        if self.numbers["arrest_officers"]:
            found |= {"arrest_hours": round(self.numbers["arrest_officers"] * OFFICER_HOURS), "arrest_per_month": 1.0}
        if self.numbers["rehab_places"]:
            found |= {"rehab_places": self.numbers["rehab_places"], "rehab_ratio": 5.0}
        return found

    def question(self) -> dict[str, Any]:
        """What the forecast is asked; a share that is set is set for the area with and without the levers."""
        share = {} if self.position or not self.numbers["eligible"] else {"eligible": self.numbers["eligible"]}
        return {"area": self.area, "levers": self.levers(), **share}


def read(query: Mapping[str, Any], known: list[str], positions: Sequence[dict[str, Any]] = ()) -> Asked:
    """The controls from an address. What is not a number, or too large, is set to the nearest that can be."""
    area, chosen = str(query.get("area", "")), query.get("position", "")
    return Asked(
        area if area in known else (known[0] if known else ""),
        {s.name: _whole(query.get(s.name, str(s.begins)), s.most) for s in SLIDERS},
        {name: query.get(name) == "on" for name, _words in SWITCHES},
        {name: payer if (payer := str(query.get(name))) in PAYING else usual for name, _words, usual in PURSES},
        next((one for one in positions if one["name"] == chosen), {}),
    )


def _whole(text: Any, most: int) -> int:
    return min(int(text), most) if isinstance(text, str) and text.isdecimal() else 0
