"""One calibration from beginning to end: posterior, recovery of known truths, predicted against observed."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fristed_forecast.argument.areas import area
from fristed_forecast.calibration import abc
from fristed_forecast.calibration.match import Setting, free, people
from fristed_forecast.calibration.posterior import write
from fristed_forecast.calibration.targets import HELD_OUT, Target, calibrated, changed, targets
from fristed_forecast.evidence.draws import quantile
from fristed_forecast.evidence.table import numbers

ROWS = 500
TRUTHS = 100


@dataclass(frozen=True)
class Predicted:
    """One target's posterior prediction in natural units, and whether its 90 % interval holds the observation."""

    target: Target
    middle: float
    low: float
    high: float
    holds: bool


@dataclass(frozen=True)
class Calibrated:
    """What a calibration says."""

    setting: Setting
    found: abc.Bank
    samples: NDArray[np.float64]
    held: NDArray[np.bool_]
    fitted: list[Predicted]
    kept_back: list[Predicted]


def predicted(setting: Setting, samples: NDArray[np.float64], count: int) -> list[Predicted]:
    """Posterior predictive runs against every target of the setting."""
    runs = people(setting, free(setting, samples[:: max(1, len(samples) // count)], 3))
    errors = np.array([target.error for target in setting.targets])
    chance = np.random.Generator(np.random.Philox(setting.seed + 1)).standard_normal(runs.shape)
    found = []
    for k, target in enumerate(setting.targets):
        low, middle, high = np.quantile(runs[:, k] + errors[k] * chance[:, k], (0.05, 0.5, 0.95))
        inside = bool(low <= target.observed <= high)
        ends = [target.natural(float(v)) for v in (middle, low, high)]
        found.append(Predicted(target, ends[0], ends[1], ends[2], inside))
    return found


def calibrate(name: str, seed: int, points: int, simulations: int, workers: int) -> Calibrated:
    """Calibrate one area. The file of hold-outs is opened only after the posterior has been sampled."""
    setting = Setting(area(name), calibrated(), tuple(targets()), seed, workers)
    found = abc.bank(setting, points, simulations)
    samples = abc.samples(setting, found, ROWS)
    held = abc.recovered(found, TRUTHS)
    fitted = predicted(setting, samples, 200)
    kept_back = predicted(replace(setting, targets=tuple(targets(HELD_OUT))), samples, 200)
    return Calibrated(setting, found, samples, held, fitted, kept_back)


def seen() -> str:
    """What was changed after a first look, as a section of the page."""
    return "\n## Changed after a first look\n\n" + "".join(f"- {said}\n" for said in changed())


def page(made: Calibrated) -> str:
    """The calibration as a page of the manual."""
    share = made.held.mean()
    text = "# Calibration\n\nMade by `fristed-forecast calibrate`; do not edit.\n\n"
    text += f"Area {made.setting.area.name}; {len(made.found.points):,} simulations inside what history matching on "
    text += "the twin left. Share not implausible, wave by wave: "
    text += ", ".join(f"{left:.0%}" for left in made.found.left) + ".\n\n"
    text += f"Known truths: the 90 % interval held {share:.0%} of {made.held.shape[0]} truths over "
    text += f"{made.held.shape[1]} numbers.\n\n| number | prior 90 % | posterior 90 % | truths held |\n"
    text += "|---|---|---|---|\n"
    for k, name in enumerate(made.setting.names):
        number = numbers()[name]
        ends = quantile(number, np.array([0.05, 0.95]))
        after = quantile(number, np.quantile(made.samples[:, k], (0.05, 0.95)))
        text += f"| `{name}` {number.name} | {ends[0]:.3g} to {ends[1]:.3g} | {after[0]:.3g} to {after[1]:.3g} "
        text += f"| {made.held[:, k].mean():.0%} |\n"
    text += "\nNumbers of a mix are shown before they are made to sum to one.\n" + seen()
    for title, rows in (("Targets", made.fitted), ("Held out: not read by the calibration", made.kept_back)):
        text += f"\n## {title}\n\n| target | observed | predicted, 90 % | covered | source |\n|---|---|---|---|---|\n"
        for row in rows:
            text += f"| {row.target.words} | {row.target.natural(row.target.observed):.4g} | {row.middle:.4g} "
            text += f"({row.low:.4g} to {row.high:.4g}) | {'yes' if row.holds else '**no**'} | {row.target.source} |\n"
    return text


def save(made: Calibrated, posterior: Path, manual: Path) -> None:
    """Write the posterior and the page."""
    write(posterior, made.setting.names, made.samples)
    manual.write_text(page(made), encoding="utf-8")
