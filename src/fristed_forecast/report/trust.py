"""The part of the report that says how far to trust it: acceptability, horizon, information, convergence."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fristed_forecast.doubt import acceptability, convergence, information
from fristed_forecast.doubt.tornado import tornado
from fristed_forecast.evidence.draws import Draws
from fristed_forecast.evidence.table import numbers
from fristed_forecast.report import figures, page
from fristed_forecast.runs import horizon
from fristed_forecast.runs.execute import YEAR, read_arm, read_later
from fristed_forecast.runs.horizon import Values
from fristed_forecast.runs.lifetime import RATES
from fristed_forecast.runs.outcomes import SHOWN, Totals
from fristed_forecast.runs.plan import Plan

BASE = 0.035
QALY = 20_000.0
SHOWN_CLOSELY = ("hat", "room")  # the two services that the argument is about
WIDEST = 12  # swings drawn of each outcome
Worths = dict[tuple[str, float, bool], Values]  # position, discount rate, over lives


def worths(plan: Plan, folder: Path, people: int) -> Worths:
    """Values of every arm of the first structure at every discount rate, over the run and over lives."""
    draws, found = plan.drawn(), {}
    for position in plan.positions:
        counted = read_arm(plan, folder, plan.structures[0], position.name, people)
        later = read_later(plan, folder, position.name, people)
        for rate in RATES:
            for lives in (False, True):
                terms = (draws, position.levers, rate)
                found[position.name, rate, lives] = horizon.worth(counted, later if lives else None, *terms)
    return found


def less(found: Worths, name: str, rate: float, lives: bool) -> Values:
    """A position less doing nothing."""
    arm, nothing = found[name, rate, lives], found["do-nothing", rate, lives]
    return {key: arm[key] - nothing[key] for key in arm}


def horizon_html(found: Worths, names: list[str]) -> str:
    """QALYs and NHS cost over lives with the years of the run beside them, and the net benefit."""
    rows = []
    for name in names:
        cells = [name]
        for lives in (False, True):
            paired = less(found, name, BASE, lives)
            net = QALY * paired["qalys"] - paired["NHS and social care"]
            cells += [page.spread(paired["qalys"]), page.spread(paired["NHS and social care"]), page.spread(net)]
        rows.append(cells)
    heads = ["position"] + [
        f"{what}, {span}"
        for span in ("the run's years", "to the end of lives")
        for what in ("QALYs", "pounds, NHS and social care", "net benefit at 20,000 a QALY")
    ]
    text = "<h3>Over lives, and over the years of the run beside it (discounted)</h3><p>Services end with the run; "
    return text + "the people then alive are followed to their death.</p>" + page.table(heads, rows)


def discount_html(found: Worths, names: list[str]) -> str:
    """Mean net benefit over lives to society at every discount rate."""
    rows = []
    for name in names:
        paired = [less(found, name, rate, True) for rate in RATES]
        rows.append([name, *(page.number(float((QALY * v["qalys"] - v["societal"]).mean())) for v in paired)])
    heads = ["position", *(f"{100 * rate:g} % a year" for rate in RATES)]
    return "<h3>Discount rate: net benefit to society over lives, pounds</h3>" + page.table(heads, rows)


def stacked(found: Worths, names: list[str], key: str) -> NDArray[np.float64]:
    """[options, draws] over lives at the base rate; doing nothing first."""
    return np.stack([found[name, BASE, True][key] for name in ["do-nothing", *names]])


def acceptability_html(found: Worths, names: list[str], perspective: str) -> str:
    """Acceptability curves of every option and the frontier."""
    options = ["do-nothing", *names]
    qalys, pounds = stacked(found, names, "qalys"), stacked(found, names, perspective)
    curves = acceptability.curves(qalys, pounds)
    ever = [k for k in range(len(options)) if curves[:, k].max() >= 0.05]
    rows = [{"name": options[k], "x": float(worth), "y": float(curves[w, k])}
            for w, worth in enumerate(acceptability.WORTHS) for k in ever]  # fmt: skip
    chosen, share = acceptability.frontier(qalys, pounds)
    edge = [
        {"name": "frontier", "x": float(x), "y": float(y)} for x, y in zip(acceptability.WORTHS, share, strict=True)
    ]
    best = ", ".join(dict.fromkeys(options[k] for k in chosen))
    text = f"<h3>Worth it? {perspective}, over lives, every option against every other</h3>"
    text += figures.lines(rows, "pounds per QALY", "share of draws in which best", [0, 1])
    text += f"<p>Frontier: share of draws in which the option that is best on average is best. In order: {best}.</p>"
    return text + figures.lines(edge, "pounds per QALY", "frontier", [0, 1])


def benefit(found: Worths, names: list[str]) -> NDArray[np.float64]:
    """[draws, options] net benefit to society over lives in pounds, doing nothing first."""
    return (QALY * stacked(found, names, "qalys") - stacked(found, names, "societal")).T


def information_html(found: Worths, names: list[str], draws: Draws, area_sets: tuple[str, ...], noise: float) -> str:
    """Which number to collect first."""
    choice = benefit(found, names)
    rows = []
    for worth in information.first_to_collect(draws, choice):
        local = "yes" if worth.symbol in area_sets else ""
        rows.append(
            [worth.symbol, numbers()[worth.symbol].name, page.number(worth.pounds), page.number(worth.error), local]
        )
    text = "<h3>Which number to collect first</h3><p>Pounds (society, over lives, 20,000 a QALY) that knowing a number "
    text += "exactly would be worth to the choice between all positions; by regression on the draws, its own bias "
    text += f"taken off. Knowing everything: {page.number(information.perfect(choice))}. Share of the variance "
    text += f"between draws that is left-over chance of replicates: {page.number(noise)}.</p>"
    return text + page.table(["symbol", "number", "worth, pounds", "standard error", "local, not set"], rows)


def convergence_html(paired: Totals) -> str:
    """How means settle with draws and with replicates."""
    text = "<h3>Convergence</h3>"
    for outcome in ("deaths", "offences", "societal"):
        rows = [[str(s.draws), page.number(s.mean), page.number(s.error), page.number(s.noise)]
                for s in convergence.settling(paired[outcome])]  # fmt: skip
        text += page.table(
            [f"draws: {SHOWN[outcome]}", "mean", "standard error", "share that is replicates' chance"], rows
        )
        rows = [[str(r), page.number(mean), page.number(error)]
                for r, mean, error in convergence.by_replicates(paired[outcome])]  # fmt: skip
        text += page.table(["replicates of each draw", "mean", "standard error"], rows)
    return text


def tornado_html(plan: Plan, people: int) -> str:
    """What the treatment and the room hang on: the widest swings of one number at a time, by the twin."""
    text = "<h3>What it hangs on</h3><p>One number at a time at the low (L) and the high (H) end of its interval, "
    text += "everything else at its median; expected values by the twin, against doing nothing.</p>"
    for position in [p for p in plan.positions if p.name in SHOWN_CLOSELY]:
        swings = tornado(plan.area, position, people, plan.weeks // YEAR)
        for outcome in ("deaths", "societal"):
            rows = [
                {"name": f"{s.symbol}: {numbers()[s.symbol].name}", "low": s.low, "high": s.high}
                for s in swings[outcome][:WIDEST]
            ]
            text += f"<h4>{position.name}</h4>" + figures.swings(rows, SHOWN[outcome])
    return text


def html(plan: Plan, folder: Path, people: int, first: Totals) -> str:
    """The whole part at one number of people; `first` is the paired difference whose settling is shown."""
    found = worths(plan, folder, people)
    names = [p.name for p in plan.positions if p.name != "do-nothing"]
    noise = convergence.noise_share(first["societal"])
    text = f"<h2>How far to trust it, {people:,} people</h2>" + horizon_html(found, names) + discount_html(found, names)
    for perspective in ("NHS and social care", "societal"):
        text += acceptability_html(found, names, perspective)
    text += tornado_html(plan, people) + information_html(found, names, plan.drawn(), plan.area.unset, noise)
    return text + convergence_html(first)
