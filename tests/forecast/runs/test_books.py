"""Books of every draw at once say what the books of one draw say."""

from typing import Any

import numpy as np
import pytest

from fristed_forecast import ledger
from fristed_forecast.evidence.draws import draw
from fristed_forecast.runs.books import Books
from fristed_forecast.runs.execute import one_draw
from fristed_forecast.runs.horizon import expected
from fristed_forecast.runs.outcomes import SHOWN
from fristed_forecast.week.counts import COLUMNS

OPENED: tuple[dict[str, Any], ...] = (
    {},
    {"hat_places": 50, "hat_payer": "police", "room_booths": 8, "room_hours": 84, "room_payer": "nhs"},
)


@pytest.mark.parametrize("levers", OPENED)
def test_every_draw_at_once_is_each_draw_by_itself(levers: dict[str, Any]) -> None:
    draws = draw(1, 6)
    thetas = [one_draw(draws, k) for k in range(6)]
    yearly = np.random.default_rng(1).uniform(0, 100, (4, 10, COLUMNS))  # of the first four
    worth, cash = Books(thetas, 10).worth(yearly, levers)
    for k in range(4):
        one = expected(yearly[k], thetas[k], levers)
        assert {name: worth[name][k] for name in SHOWN} == pytest.approx({name: one[name] for name in SHOWN})
        lines = [line for line in ledger.lines(thetas[k], levers) if line.cash]
        for payer in ledger.PAYERS:
            paid = sum(
                yearly[k, :5, list(line.columns)].sum() * line.pence / 100 for line in lines if line.payer == payer
            )
            assert cash[payer][k] == pytest.approx(paid)
