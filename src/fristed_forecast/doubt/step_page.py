"""What the length of the step changes: `python -m fristed_forecast.doubt.step_page FOLDER` writes step.md."""

import sys
from pathlib import Path

from fristed_forecast.argument.levers import policy
from fristed_forecast.argument.positions import positions
from fristed_forecast.doubt import step, step_people
from fristed_forecast.evidence.draws import centre
from fristed_forecast.rates.build import build, for_people
from fristed_forecast.rates.structure import Structure

TWIN, PEOPLE = ("do-nothing", "hat", "room", "abstinence-instead"), ("do-nothing", "hat")
REPLICATES = 400
HEAD = """# Length of the step

Made by `python -m fristed_forecast.doubt.step_page`. Ten years, 1,700 dependent people, the centre of every number.

## The twin

| position | total | steps of a week | of half a week | change |
|---|---|---|---|---|
"""
OF_PEOPLE = """
## People

The microsimulation, {replicates} runs by each step. The step is part of the key of every chance, so the two share none:
a change within two standard errors is no change that these runs can see.
In half weeks the tables of stay end at two and a half years, in weeks at five; beyond, the last hazard is kept. How
much of what changes below is that end of the table, and not the step, has not been separated.

| position | total | steps of a week | of half a week | change | standard error |
|---|---|---|---|---|---|
"""


def page() -> str:
    """A few positions by either step."""
    theta = centre()
    rates = for_people(build(theta, Structure()), 1700)
    terms = {name: policy(positions()[name].levers, theta, 400) for name in TWIN}
    text = HEAD
    for name in TWIN:
        for row in step.compare(rates, terms[name], 1700, 520):
            text += f"| {name} | {row.name} | {row.whole:,.1f} | {row.half:,.1f} | {row.half / row.whole - 1:+.2%} |\n"
    text += OF_PEOPLE.format(replicates=REPLICATES)
    for name in PEOPLE:
        for one in step_people.compare(rates, terms[name], 1700, 520, REPLICATES):
            text += f"| {name} | {one.name} | {one.whole:,.1f} | {one.half:,.1f} | {one.half / one.whole - 1:+.2%} | "
            text += f"{one.error / one.whole:.2%} |\n"
    return text


if __name__ == "__main__":
    (Path(sys.argv[1]) / "step.md").write_text(page(), encoding="utf-8")
