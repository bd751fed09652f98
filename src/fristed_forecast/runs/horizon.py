"""What counts are worth over ten years and over lives, at any discount rate. Every value is linear in counts."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from fristed_forecast import ledger
from fristed_forecast.evidence.draws import Draws
from fristed_forecast.rates.kinds import Theta
from fristed_forecast.runs.execute import one_draw
from fristed_forecast.runs.lifetime import RATES
from fristed_forecast.runs.outcomes import economics, events
from fristed_forecast.week import counts, states

Values = dict[str, NDArray[np.float64]]  # name -> [draws]
POUND = 100.0
PRICED = (*ledger.PERSPECTIVES, "societal", *(f"{payer}, cash" for payer in ledger.PAYERS))
SOCIETY = PRICED.index("societal")


def prices(lines: list[ledger.Line]) -> NDArray[np.float64]:
    """[PRICED, COLUMNS] pounds of one count."""
    found = np.zeros((len(PRICED), counts.COLUMNS))
    for line in lines:
        columns, pounds = list(line.columns), line.pence / POUND
        for row, members in enumerate(ledger.PERSPECTIVES.values()):
            if line.payer in members:
                found[row, columns] += pounds
        if not line.transfer:
            found[SOCIETY, columns] += pounds
        if line.cash:
            found[SOCIETY + 1 + ledger.PAYERS.index(line.payer), columns] += pounds
    return found


def weights(theta: Theta) -> NDArray[np.float64]:
    """[COLUMNS] QALYs of one count."""
    found = np.zeros(counts.COLUMNS)
    found[counts.PEOPLE : counts.PEOPLE + 2 * states.ROWS] = ledger.utilities(theta).ravel()
    return found


def unit_values(theta: Theta, levers: dict[str, Any]) -> dict[str, NDArray[np.float64]]:
    """[COLUMNS] pounds (or QALYs) of one count, by perspective."""
    priced = prices(ledger.lines(theta, levers))[: SOCIETY + 1]
    return dict(zip((*PRICED[: SOCIETY + 1], "qalys"), (*priced, weights(theta)), strict=True))


def expected(yearly: NDArray[np.float64], theta: Theta, levers: dict[str, Any]) -> dict[str, float]:
    """Every outcome shown, of expected counts [years, COLUMNS]; money and QALYs discounted at the base rate."""
    rate, worths = economics(theta)
    sums = (1 + rate) ** -(np.arange(len(yearly)) + 0.5) @ yearly
    found = {name: float(values[0, 0]) for name, values in events(yearly[None, None]).items()}
    found |= {name: float(sums @ unit) for name, unit in unit_values(theta, levers).items()}
    for key, value in worths.items():
        found[f"net benefit at {key}"] = value * found["qalys"] - found["societal"]
    return found


def worth(
    counted: NDArray[np.int64],
    later: NDArray[np.float64] | None,
    draws: Draws,
    levers: dict[str, Any],
    rate: float,
) -> Values:
    """Discounted values by draw, mean over replicates of `counted` [draws, replicates, years, COLUMNS]; with
    `later` [draws, RATES, COLUMNS] to the end of lives."""
    years = np.arange(counted.shape[2]) + 0.5
    sums = np.einsum("dyc,y->dc", counted.mean(axis=1), (1 + rate) ** -years)
    if later is not None:
        sums = sums + later[:, RATES.index(rate)]
    units = [unit_values(one_draw(draws, d), levers) for d in range(len(sums))]
    return {name: np.array([sums[d] @ units[d][name] for d in range(len(sums))]) for name in units[0]}
