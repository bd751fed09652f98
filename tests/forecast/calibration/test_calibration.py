"""Calibration: slopes count and levels do not, hold-outs are not read, known truths come back."""

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fristed_forecast.argument.areas import area
from fristed_forecast.argument.positions import load
from fristed_forecast.calibration import match, posterior, targets
from fristed_forecast.calibration.abc import Bank, interval, recovered
from fristed_forecast.calibration.abc import posterior as corrected
from fristed_forecast.calibration.match import Setting, Spread
from fristed_forecast.calibration.predict import by_twin
from fristed_forecast.calibration.run import seen
from fristed_forecast.evidence.draws import centre, draw
from fristed_forecast.evidence.table import numbers
from fristed_forecast.runs.plan import Plan

DOCS = Path(__file__).parents[3] / "docs" / "forecast"


def test_at_most_twelve_named_numbers_are_calibrated() -> None:
    names = targets.calibrated()
    assert len(names) == len(set(names)) <= 12
    assert all(numbers()[name].role == "prior" for name in names)


def test_a_series_counts_by_its_slope_and_not_by_its_level() -> None:
    series = [numbers()[s] for s in ("OCU_2004", "OCU_2009", "OCU_2014")]
    years = [2004.5, 2009.5, 2014.5]
    higher = [replace(n, value=2 * (n.value or 0), low=n.low and 2 * n.low, high=n.high and 2 * n.high) for n in series]
    assert targets.series_slope(series, years) == pytest.approx(targets.series_slope(higher, years))
    growing = [replace(n, value=math.exp(0.03 * y), low=None, high=None) for n, y in zip(series, years, strict=True)]
    assert targets.series_slope(growing, years)[0] == pytest.approx(0.03)


def test_the_page_says_what_was_changed_after_a_first_look() -> None:
    said = targets.changed()
    assert "treatment completion" in said[0] and "Three of the twelve" in said[1] and "hold-outs" in said[2]
    assert seen() in (DOCS / "calibration.md").read_text(encoding="utf-8")


def test_the_calibrating_process_reads_no_hold_out(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []

    def watched(path: Path) -> dict[str, Any]:
        opened.append(path)
        return load(path)

    monkeypatch.setattr(targets, "load", watched)
    setting = Setting(area("durham-2014"), targets.calibrated(), tuple(targets.targets()), 1, 1)
    assert opened and targets.HELD_OUT not in opened
    kept_back = {t.source for t in targets.targets(targets.HELD_OUT)}
    assert len(kept_back) == 3 and not kept_back & {t.source for t in setting.targets}
    assert {t.name for t in setting.targets} <= set(by_twin(centre(), setting.area.population))


def test_an_emulator_of_a_quadratic_is_exact_and_its_walk_stays_plausible() -> None:
    setting = Setting(area("durham-2014"), ("off_u", "m_sec"), tuple(targets.targets()[:2]), 1, 1)
    rng = np.random.default_rng(2)
    points = rng.standard_normal((200, 2))
    observed = np.array([t.observed for t in setting.targets])

    def model(x: match.Matrix) -> match.Matrix:
        return np.stack([observed[0] + x[:, 0] + 0.1 * x[:, 1] ** 2, observed[1] + x[:, 0] - x[:, 1]], axis=1)

    emulator = match.emulate(points, model(points))
    assert np.allclose(emulator(points), model(points), atol=1e-2)
    nothing = Spread(np.zeros(2), np.zeros(2))
    found = match.walk(setting, emulator, nothing, points[:40], 300, 5)
    assert len(found) > 100
    assert match.implausibility(setting, model(found), nothing).max() < 3.2


def test_known_truths_come_back_as_often_as_the_interval_says() -> None:
    rng = np.random.default_rng(4)
    points = rng.standard_normal((1500, 3))
    counted = points @ rng.standard_normal((3, 5)) + 0.3 * rng.standard_normal((1500, 5))
    held = recovered(Bank(points, counted, [], Spread(np.zeros(5), np.zeros(5))), 100)
    assert 0.80 <= held.mean() <= 0.97
    values, weight = corrected(points[1:], counted[1:], counted[0])
    low, high = interval(values[:, 0], weight, 0.05, 0.95)
    assert high - low < 2.0  # a prior's interval is 3.3 wide


def test_the_shipped_posterior_is_drawn_where_the_area_names_it() -> None:
    place = area("durham-2014")
    assert place.posterior in posterior.shipped()
    rows = posterior.read(place.posterior)
    assert tuple(rows) == targets.calibrated() and len(rows["off_u"]) == 500
    plan = Plan(place, (300,), (), (), 50, 1, 52, 3)
    assert np.median(plan.drawn()["off_u"]) < 0.6 * np.median(replace(plan, prior=True).drawn()["off_u"])
    few, many = posterior.sampled(place.posterior, 3, 5), posterior.sampled(place.posterior, 3, 50)
    assert np.array_equal(few["off_u"], many["off_u"][:5])
    assert np.array_equal(draw(3, 5, at=few)["c_burg"], draw(3, 5)["c_burg"])


def test_the_page_says_how_often_truths_were_held_and_what_was_missed() -> None:
    page = (DOCS / "calibration.md").read_text(encoding="utf-8")
    share = int(page.split("interval held ")[1].split("%")[0])
    assert 80 <= share <= 97
    for target in [*targets.targets(), *targets.targets(targets.HELD_OUT)]:
        assert target.words in page
