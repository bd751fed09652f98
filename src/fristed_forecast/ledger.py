"""Who pays: every line of money, in integer pence of 2022/23, cash apart from what no budget can spend.

Money is counts times integer unit prices, so the books are exact; discounting is the only float.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fristed_forecast.evidence.money import factor
from fristed_forecast.evidence.table import numbers
from fristed_forecast.rates.kinds import Theta
from fristed_forecast.week import counts, states

PAYERS = ("public_health", "nhs", "police", "justice", "cleansing", "victims")
YEAR = 52
OFFENCE_COSTS = ("c_ctheft", "c_burg", "c_tfv", "c_other", "c_rob", "c_tfp", "c_bike")
STANDARD_ROOM = 8 * 84  # booth-hours a week of the room whose cost was published


@dataclass(frozen=True)
class Line:
    """One line of the books: pence per unit of some counted columns."""

    name: str
    payer: str
    cash: bool
    columns: tuple[int, ...]
    pence: int
    transfer: bool = False  # goods that pass to another hand: a loss to the payer, not to society


def weeks_in(*rows: int) -> tuple[int, ...]:
    """The person-week columns of rows."""
    return tuple(counts.PEOPLE + 2 * row + k for row in rows for k in (0, 1))


def pence(theta: Theta, symbol: str, share: float = 1.0) -> int:
    """A cost of the table in whole pence of 2022/23."""
    return round(theta[symbol] * factor(numbers()[symbol]) * 100 * share)


def health_lines(theta: Theta) -> list[Line]:
    """Treatment already there, overdoses, other health care, litter."""
    using = weeks_in(states.USING, states.LEFT, states.RELEASED, states.ONTOP)
    oral, beds = weeks_in(states.ONTOP, states.STABLE), weeks_in(states.DETOX, states.REHAB)
    litter = theta["n_litter"]
    return [
        Line("oral treatment", "public_health", True, oral, pence(theta, "c_OST_ord", 1 / YEAR)),
        Line("rehabilitation", "public_health", True, beds, pence(theta, "c_rehab")),
        Line("overdoses", "nhs", True, (counts.POISONINGS,), pence(theta, "c_od")),
        Line("other health care", "nhs", False, using, pence(theta, "c_hlth", 1 / YEAR)),
        Line("litter", "cleansing", True, (counts.PUBLIC_INJECTIONS,), pence(theta, "c_litter", litter)),
    ]


def service_lines(theta: Theta, levers: dict[str, Any]) -> list[Line]:
    """What the scenario opens, paid by whom it says; fixed costs are spread over places and weeks."""
    lines: list[Line] = []
    places = levers.get("hat_places", 0)
    if places:
        fixed = pence(theta, "c_HAT_fix", 1 / YEAR / places)
        payer = levers["hat_payer"]
        lines += [
            Line("HAT, fixed", payer, True, (counts.HAT_PLACES,), fixed),
            Line("HAT, per patient", payer, True, weeks_in(states.HAT), pence(theta, "c_HAT_var", 1 / YEAR)),
        ]
    if levers.get("room_booths", 0):
        size = levers["room_booths"] * levers["room_hours"] / STANDARD_ROOM
        share = (theta["fx_DCR"] + (1 - theta["fx_DCR"]) * size) / YEAR
        cost = pence(theta, "c_DCR", share)
        lines.append(Line("room", levers["room_payer"], True, (counts.ROOM_OPEN,), cost))
    return lines


def justice_lines(theta: Theta) -> list[Line]:
    """Police hours (no budget can spend them), courts, prison at marginal cost as cash."""
    hour = pence(theta, "c_hour", 1 / 60)
    inside = weeks_in(states.PRISON, states.PRISON_OST)
    week, marginal = pence(theta, "c_pris", 1 / YEAR), theta["sh_marg"]
    cash = round(week * marginal)
    charged = tuple(range(counts.CHARGED, counts.CHARGED + counts.TYPES))
    return [
        Line("looking into offences", "police", False, (counts.INVESTIGATION_MINUTES,), hour),
        Line("arrests", "police", False, (counts.ARREST_MINUTES,), hour),
        Line("patrol", "police", False, (counts.PATROL_MINUTES,), hour),
        Line("courts", "justice", False, charged, pence(theta, "c_court")),
        Line("prison, marginal", "justice", True, inside, cash),
        Line("prison, the rest", "justice", False, inside, week - cash),
    ]


def victim_lines(theta: Theta) -> list[Line]:
    """Victims and retailers, by offence; goods that pass to another hand apart."""
    lines = []
    for k, symbol in enumerate(OFFENCE_COSTS):
        loss = pence(theta, symbol, theta["sh_victim"])
        goods = round(loss * theta["sh_transfer"])
        column = (counts.OFFENDED + k,)
        lines.append(Line(f"{counts.OFFENCES[k]}, loss", "victims", False, column, loss - goods))
        lines.append(Line(f"{counts.OFFENCES[k]}, goods", "victims", False, column, goods, transfer=True))
    return lines


def lines(theta: Theta, levers: dict[str, Any]) -> list[Line]:
    """The whole tariff of one draw and scenario."""
    return health_lines(theta) + service_lines(theta, levers) + justice_lines(theta) + victim_lines(theta)


def amounts(tariff: list[Line], counted: NDArray[np.int64]) -> NDArray[np.int64]:
    """[years, lines] pence from [years, COLUMNS] counts."""
    return np.stack([counted[:, list(line.columns)].sum(axis=1) * line.pence for line in tariff], axis=1)


def by_payer(tariff: list[Line], money: NDArray[np.int64], cash_only: bool = False) -> NDArray[np.int64]:
    """[years, PAYERS] pence, goods included."""
    out = np.zeros((money.shape[0], len(PAYERS)), np.int64)
    for k, line in enumerate(tariff):
        if line.cash or not cash_only:
            out[:, PAYERS.index(line.payer)] += money[:, k]
    return out


def societal(tariff: list[Line], money: NDArray[np.int64]) -> NDArray[np.int64]:
    """[years] pence to society: every line but the goods that passed to another hand."""
    kept = [k for k, line in enumerate(tariff) if not line.transfer]
    return np.asarray(money[:, kept].sum(axis=1), dtype=np.int64)


def transfers(tariff: list[Line], money: NDArray[np.int64]) -> NDArray[np.int64]:
    """[years] pence of goods that passed to another hand."""
    passed = [k for k, line in enumerate(tariff) if line.transfer]
    return np.asarray(money[:, passed].sum(axis=1), dtype=np.int64)


PERSPECTIVES = {
    "NHS and social care": ("public_health", "nhs"),
    "public sector": ("public_health", "nhs", "police", "justice", "cleansing"),
}


def utilities(theta: Theta) -> NDArray[np.float64]:
    """[ROWS, 2] QALY weight of a week, as QALYs, by row and injecting."""
    using = np.array([theta["u_use_non"], theta["u_use_inj"]])
    treated = np.array([theta["u_tx_non"], theta["u_tx_inj"]])
    table = np.tile(treated, (states.ROWS, 1))
    table[[states.OCCASIONAL, states.USING, states.LEFT, states.RELEASED]] = using
    table[states.ONTOP] = (using + treated) / 2
    table[[states.ABSTINENT, states.LASTING]] = theta["u_abs"]
    return np.asarray(table / YEAR, dtype=np.float64)


def qalys(theta: Theta, counted: NDArray[np.int64]) -> NDArray[np.float64]:
    """[years] quality-adjusted life years of everybody in the model."""
    people = counted[:, counts.PEOPLE : counts.PEOPLE + 2 * states.ROWS].reshape(-1, states.ROWS, 2)
    return np.asarray((people * utilities(theta)).sum(axis=(1, 2)), dtype=np.float64)


def discounted(values: NDArray[Any], rate: float) -> float:
    """Sum over years, each discounted from its middle."""
    years = np.arange(values.shape[0]) + 0.5
    return float((values / (1 + rate) ** years).sum())
