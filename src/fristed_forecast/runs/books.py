"""What expected counts are worth in every draw at once: prices are laid out once, a scenario adds what it opens."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fristed_forecast import ledger
from fristed_forecast.rates.kinds import Theta
from fristed_forecast.runs.horizon import PRICED, SOCIETY, prices, weights
from fristed_forecast.runs.outcomes import Totals, economics, events

Table = NDArray[np.float64]
CASH_YEARS = 5


class Books:
    """Every draw's prices [draws, PRICED, COLUMNS], QALYs [draws, COLUMNS], discounting [draws, years]."""

    def __init__(self, thetas: Sequence[Theta], years: int) -> None:
        self.thetas = thetas
        self.prices = np.stack([prices(ledger.lines(theta, {})) for theta in thetas])
        self.qalys = np.stack([weights(theta) for theta in thetas])
        rates, worths = zip(*map(economics, thetas), strict=True)
        self.discount = (1 + np.array(rates)[:, None]) ** -(np.arange(years) + 0.5)
        self.worths = {key: np.array([worth[key] for worth in worths]) for key in worths[0]}

    def worth(self, yearly: Table, levers: dict[str, Any]) -> tuple[dict[str, Table], dict[str, Table]]:
        """Every outcome shown, and five years' cash by payer, [draws], of the first draws' [draws, years, COLUMNS]."""
        many = len(yearly)
        opened = np.stack([prices(ledger.service_lines(theta, levers)) for theta in self.thetas[:many]])
        priced = self.prices[:many] + opened
        sums = np.einsum("dy,dyc->dc", self.discount[:many], yearly)
        found = {name: values[:, 0] for name, values in events(yearly[:, None]).items()}
        found |= dict(zip(PRICED, np.einsum("dnc,dc->nd", priced[:, : SOCIETY + 1], sums), strict=False))
        found["qalys"] = np.einsum("dc,dc->d", self.qalys[:many], sums)
        for key, value in self.worths.items():
            found[f"net benefit at {key}"] = value[:many] * found["qalys"] - found["societal"]
        cash = np.einsum("dnc,dc->nd", priced[:, SOCIETY + 1 :], yearly[:, :CASH_YEARS].sum(axis=1))
        return found, dict(zip(ledger.PAYERS, cash, strict=True))

    def totals(self, counted: NDArray[Any], levers: dict[str, Any]) -> Totals:
        """Every outcome of one arm and its payers' cash, from counts [draws, replicates, years, COLUMNS]."""
        runs = [self.worth(counted[:, r], levers) for r in range(counted.shape[1])]
        found = {name: np.stack([worth[name] for worth, _cash in runs], axis=1) for name in runs[0][0]}
        return found | {
            f"{payer}, cash in five years": np.stack([cash[payer] for _worth, cash in runs], axis=1)
            for payer in ledger.PAYERS
        }
