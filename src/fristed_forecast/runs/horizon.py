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


def unit_values(theta: Theta, levers: dict[str, Any]) -> dict[str, NDArray[np.float64]]:
    """[COLUMNS] pounds (or QALYs) of one count, by perspective."""
    found = {name: np.zeros(counts.COLUMNS) for name in (*ledger.PERSPECTIVES, "societal", "qalys")}
    for line in ledger.lines(theta, levers):
        columns = list(line.columns)
        for name, members in ledger.PERSPECTIVES.items():
            if line.payer in members:
                found[name][columns] += line.pence / POUND
        if not line.transfer:
            found["societal"][columns] += line.pence / POUND
    people = slice(counts.PEOPLE, counts.PEOPLE + 2 * states.ROWS)
    found["qalys"][people] = ledger.utilities(theta).ravel()
    return found


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
