"""Levers in people's units: name, accepted values, and how a draw and a town turn them into a policy."""

import math
from dataclasses import dataclass
from typing import Any

from fristed_forecast.rates.kinds import Theta
from fristed_forecast.week import inputs
from fristed_forecast.week.inputs import Policy

PAYERS = ("public_health", "nhs", "police")
WEEKS_PER_MONTH = 365.25 / 12 / 7


@dataclass(frozen=True)
class Lever:
    """One lever: what it may be, in which unit, and its neutral value."""

    unit: str
    neutral: Any
    low: float = 0.0
    high: float = 1e9
    choices: tuple[str, ...] = ()


LEVERS: dict[str, Lever] = {
    "start_week": Lever("weeks from now", 0, 0, 1e4),
    "years": Lever("years until it stops", 0.0, 0, 100),
    "hat_places": Lever("places", 0, 0, 1e5),
    "hat_payer": Lever("", "", choices=PAYERS),
    "hat_conditional": Lever("", False),
    "hat_order": Lever("", "wait", choices=("wait", "arrests", "true rate")),
    "hat_any": Lever("", False),
    "room_booths": Lever("booths", 0, 0, 1000),
    "room_hours": Lever("hours a week", 0.0, 0, 168),
    "room_payer": Lever("", "", choices=PAYERS),
    "oral_places": Lever("places", -1, -1, 1e7),
    "oral_entry_ratio": Lever("ratio", 1.0, 0, 10),
    "rehab_ratio": Lever("ratio", 1.0, 0, 100),
    "rehab_places": Lever("beds", -1, -1, 1e6),
    "arrest_per_month": Lever("arrests per person and month", 0.0, 0, 10),
    "arrest_hours": Lever("officer hours a week", 0.0, 0, 1e6),
    "arrest_displaces": Lever("share of those hours taken from thefts", 1.0, 0, 1),
    "custody_ratio": Lever("ratio", 1.0, 0, 100),
    "prison_places": Lever("places", -1, -1, 1e6),
    "prison_testing": Lever("", False),
    "initiation_ratio": Lever("ratio", 1.0, 0, 10),
    "supply_cut": Lever("share of supply", 0.0, 0, 0.99),
    "supply_half_weeks": Lever("weeks", 52.0, 1, 1e4),
    "substitute": Lever("", False),
    "dealer_arrests": Lever("arrests in half a year", 0, 0, 1e5),
    "style": Lever("", "none", choices=("none", "random", "hot spot", "problem")),
}
ORDERS = {"wait": inputs.BY_WAIT, "arrests": inputs.BY_ARRESTS, "true rate": inputs.BY_TRUE_RATE}
STYLES = {"none": 0, "random": inputs.RANDOM, "hot spot": inputs.HOT_SPOT, "problem": inputs.PROBLEM}


def problem(name: str, value: object) -> str:
    """What is wrong with a lever's value, in a sentence with its range; empty when nothing is."""
    if name not in LEVERS:
        return f"{name} is not a lever; levers are {', '.join(LEVERS)}"
    lever = LEVERS[name]
    if lever.choices:
        return "" if value in lever.choices else f"{name} = {value!r}: accepted are {', '.join(lever.choices)}"
    if isinstance(lever.neutral, bool):
        return "" if isinstance(value, bool) else f"{name} = {value!r}: accepted are true and false"
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return f"{name} = {value!r}: a number is needed ({lever.unit})"
    if not lever.low <= value <= lever.high:
        return f"{name} = {value}: accepted is {lever.low:g} to {lever.high:g} {lever.unit}"
    return ""


def places(value: float) -> int:
    """-1 means as many as are asked for."""
    return 1 << 30 if value < 0 else round(value)


def policy(levers: dict[str, Any], theta: Theta, inside: int) -> Policy:
    """The kernel's policy for one draw. `inside` is the area's prison places for people like these."""
    lever = {name: levers.get(name, item.neutral) for name, item in LEVERS.items()}
    start, hat = round(lever["start_week"]), round(lever["hat_places"])
    testing, conditional = lever["prison_testing"], lever["hat_conditional"]
    return Policy(
        start=start,
        stop=start + round(lever["years"] * 52) if lever["years"] > 0 else 1 << 30,
        hat_open=hat > 0,
        hat_places=hat,
        hat_order=ORDERS[lever["hat_order"]],
        hat_any=lever["hat_any"],
        hat_entry=theta["r_cond_entry"] if conditional else 1.0,
        hat_exit=theta["r_cond_exit"] if conditional else 1.0,
        oral_places=places(lever["oral_places"]),
        oral_entry=lever["oral_entry_ratio"],
        rehab_places=places(lever["rehab_places"]),
        rehab_entry=lever["rehab_ratio"],
        prison_places=places(lever["prison_places"]) if lever["prison_places"] >= 0 else inside,
        custody=lever["custody_ratio"],
        treated_inside=math.exp(theta["e_test"]) if testing else 1.0,
        extra_sentence=theta["d_test"] / 7 if testing else 0.0,
        rooms=lever["room_booths"] > 0,
        booths=round(lever["room_booths"]),
        room_hours=float(lever["room_hours"]),
        room_minutes=theta["min_room"],
        arrest_target=lever["arrest_per_month"] / WEEKS_PER_MONTH,
        arrest_hours=float(lever["arrest_hours"]),
        arrest_displaces=float(lever["arrest_displaces"]),
        initiation=float(lever["initiation_ratio"]),
        supply_cut=float(lever["supply_cut"]),
        supply_weeks=float(lever["supply_half_weeks"]),
        substitute=lever["substitute"],
        dealer_arrests=float(lever["dealer_arrests"]),
        style=STYLES[lever["style"]],
    )
