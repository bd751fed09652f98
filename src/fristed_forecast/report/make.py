"""From the parts of a run to the report."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from fristed_forecast import verdict
from fristed_forecast.doubt import information
from fristed_forecast.doubt.mirror import both_ways
from fristed_forecast.evidence.table import numbers
from fristed_forecast.ledger import PAYERS
from fristed_forecast.rates.structure import variants
from fristed_forecast.report import cards as plain
from fristed_forecast.report import figures, page, trust
from fristed_forecast.report.brief import SUMMARY
from fristed_forecast.runs import outcomes, weekly
from fristed_forecast.runs.books import Books
from fristed_forecast.runs.execute import WEEKLY, YEAR, one_draw, read_arm
from fristed_forecast.runs.outcomes import Totals
from fristed_forecast.runs.plan import Plan, manifest

Arms = dict[tuple[str, str, int], Totals]  # structure, position, people


def all_arms(plan: Plan, folder: Path) -> Arms:
    """Every arm's totals."""
    draws = plan.drawn()
    books = Books([one_draw(draws, k) for k in range(plan.draws)], plan.weeks // YEAR)
    return {
        (structure.name(), position.name, people): books.totals(
            read_arm(plan, folder, structure, position.name, people), position.levers
        )
        for structure in plan.structures
        for position in plan.positions
        for people in plan.people
    }


def cards(plan: Plan, arms: Arms) -> list[verdict.Card]:
    """A card for every claim whose positions were run."""
    rules, claims = verdict.claims()
    ran = {position.name for position in plan.positions}
    whole = set(variants()) <= set(plan.structures)
    made = []
    drawn, turned = both_ways(plan, plan.people[0]) if whole else ({}, {})
    for claim in claims:
        if {claim.position, claim.against} <= ran:
            sides = None
            if {claim.position, claim.against} <= set(turned):
                sides = verdict.turned(claim, drawn, turned, plan.people[0])
            answers = [
                verdict.answer(claim, arms[s.name(), claim.position, n], arms[s.name(), claim.against, n], s.name(), n)
                for s in plan.structures
                for n in plan.people
            ]
            made.append(verdict.card(rules, claim, answers, whole, sides))
    return made


def differences(plan: Plan, arms: Arms, people: int) -> dict[str, Totals]:
    """Every position less doing nothing, in the first structure."""
    base = plan.structures[0].name()
    nothing = arms[base, "do-nothing", people]
    return {
        p.name: outcomes.difference(arms[base, p.name, people], nothing)
        for p in plan.positions
        if p.name != "do-nothing"
    }


def payers(found: dict[str, Totals]) -> tuple[list[str], list[list[str]]]:
    """Heads and rows: each payer's cash in five years, undiscounted, against doing nothing."""
    keys = [f"{payer}, cash in five years" for payer in PAYERS]
    rows = [[name, *(page.number(float(paired[key].mean())) for key in keys)] for name, paired in found.items()]
    return ["position", *(payer.replace("_", " ") for payer in PAYERS)], rows


def payers_table(found: dict[str, Totals]) -> str:
    """The same as a table."""
    return page.table(*payers(found))


def summary(plan: Plan, made: list[verdict.Card], found: dict[str, Totals], first: str) -> dict[str, Any]:
    """What the brief says, in words and rounded numbers."""
    heads, rows = payers(found)
    made_of = manifest(plan)
    spread = [
        {"words": c.claim.words, "verdict": c.verdict, "settles": c.claim.settles,
         "number": f"{page.number(c.answers[0].mean)} ({page.number(c.answers[0].low)} to "
                   f"{page.number(c.answers[0].high)}), {outcomes.SHOWN[c.claim.outcome]}"}
        for c in made
    ]  # fmt: skip
    people = " and ".join(f"{n:,}" for n in plan.people)
    if plan.area.sample:
        people += f" (a sample of {plan.area.claimed_people:,}; places, hours and pounds are the sample's)"
    return {
        "area": plan.area.name,
        "scale": f"{people} dependent people, {plan.weeks // 52} years, {plan.draws} draws of {plan.replicates} runs, "
        f"{len(plan.structures)} structures; numbers below at {plan.people[0]:,} people in the first structure.",
        "cards": spread,
        "payers": {"heads": heads, "rows": rows},
        "first": first,
        "unset": made_of["unset"],
        "again": f"Code {made_of['code']}, data {made_of['data']}, seed {made_of['seed']}, "
        f"calibration: {made_of['posterior'] or 'none'}.",
    }


def first_to_collect(plan: Plan, folder: Path) -> str:
    """The numbers most worth knowing, with standard errors, in one sentence."""
    found = trust.worths(plan, folder, plan.people[0])
    names = [p.name for p in plan.positions if p.name != "do-nothing"]
    if "do-nothing" not in {p.name for p in plan.positions} or not names:
        return "Nothing was compared with doing nothing."
    best = information.first_to_collect(plan.drawn(), trust.benefit(found, names), 5)
    listed = [
        f"{numbers()[w.symbol].name} ({page.number(w.pounds)}, standard error {page.number(w.error)})" for w in best
    ]
    return "Pounds that knowing it would be worth to the choice (society, over lives): " + "; ".join(listed) + "."


def write_summary(plan: Plan, folder: Path, made: list[verdict.Card], arms: Arms) -> None:
    """Verdicts by name, and what the brief is made of."""
    verdicts = {c.claim.name: c.verdict for c in made}
    (folder / "verdicts.json").write_text(json.dumps(verdicts, indent=1), encoding="utf-8")
    said = summary(plan, made, differences(plan, arms, plan.people[0]), first_to_collect(plan, folder))
    (folder / SUMMARY).write_text(json.dumps(said, indent=1), encoding="utf-8")


def outcome_figure(found: dict[str, Totals], outcome: str) -> str:
    """Every position's paired difference in one outcome."""
    rows = []
    for name, paired in found.items():
        mean, low, high = outcomes.interval(paired[outcome])
        rows.append({"name": name, "mean": mean, "low": low, "high": high})
    return figures.intervals(rows, outcomes.SHOWN[outcome])


def section(plan: Plan, arms: Arms, people: int) -> str:
    """Differences, payers and the cost-effectiveness plane at one number of people."""
    found = differences(plan, arms, people)
    if not found:
        return ""
    text = f"<h2>Against doing nothing, {people:,} dependent people, ten years</h2>"
    for outcome in ("deaths", "offences", "entrants", "public sector", "societal"):
        text += f"<h3>{outcomes.SHOWN[outcome]}</h3>{outcome_figure(found, outcome)}"
    text += "<h3>Cash by payer in five years, pounds, not discounted</h3>" + payers_table(found)
    for name in [n for n in trust.SHOWN_CLOSELY if n in found]:
        points = np.stack([found[name]["qalys"].mean(axis=1), found[name]["societal"].mean(axis=1)], axis=1)
        text += f"<h3>{name}: cost and QALYs, society</h3>" + figures.plane(points, "pounds, society")
    return text


def leading(plan: Plan, arms: Arms, people: int) -> list[Totals]:
    """The paired difference of the first position that is not doing nothing; none when there is none."""
    return list(differences(plan, arms, people).values())[:1]


def make(plan: Plan, folder: Path) -> Path:
    """Write report.html and verdicts.json; the page's path."""
    arms = all_arms(plan, folder)
    made = cards(plan, arms)
    first = (plan.structures[0], plan.positions[0].name, plan.people[0])
    alive = weekly.series(plan, folder, *first)[..., WEEKLY.index("alive")]
    trend = figures.fan(alive, "people alive in the model")
    weekly.write(plan, folder)
    sections = [
        "<p>Invented people, published and assumed numbers. “Cannot tell” is an answer.</p>",
        "<h2>What can be said</h2>", *(page.card_html(c, plan.area.payers()) for c in made),
        *(section(plan, arms, n) for n in plan.people),
        *(trust.html(plan, folder, n, first) for n in plan.people for first in leading(plan, arms, n)),
        f"<h2>{plan.positions[0].name}</h2>{trend}",
        page.unset_html(list(plan.area.unset)), page.assumptions_html(), page.manifest_html(manifest(plan)),
    ]  # fmt: skip
    write_summary(plan, folder, made, arms)
    plain.write(plan, folder, made)
    path = folder / "report.html"
    path.write_text(page.page(f"Forecast: {plan.area.name}", sections), encoding="utf-8")
    return path
