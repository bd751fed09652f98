"""The pages of the manual that are made from what runs: `python -m fristed_forecast.report.manual FOLDER`."""

import ast
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from fristed_forecast.argument.levers import LEVERS
from fristed_forecast.argument.positions import positions
from fristed_forecast.doubt.weights import read
from fristed_forecast.evidence.explain import STANDING
from fristed_forecast.evidence.table import FOLDER, Number, numbers, read_rows
from fristed_forecast.rates.structure import OPTIONS
from fristed_forecast.report.checklists import page
from fristed_forecast.verdict import claims
from fristed_forecast.week import order
from fristed_forecast.week.checks import FAULTS

MADE = "<!-- made by fristed_forecast.report.manual; do not edit -->\n\n"


def row(*cells: object) -> str:
    """A line of a table."""
    return "| " + " | ".join(str(cell).replace("|", "/").replace("\n", " ") for cell in cells) + " |\n"


def heads(*names: str) -> str:
    """The top of a table."""
    return row(*names) + row(*("---" for _ in names))


def number_row(n: Number) -> str:
    """One number."""
    interval = "" if n.low is None or n.high is None else f"{n.low:g} to {n.high:g}"
    value = "" if n.value is None else f"{n.value:g}"
    drawn = f"{n.family}, {n.rule}"
    return row(f"`{n.symbol}`", n.name, value, interval, n.unit, drawn, n.standing, n.source,
               ", ".join(f"`{name}`" for name in n.used_by))  # fmt: skip


def numbers_page() -> str:
    """Every number that runs, assumptions first, then what is kept as targets and context."""
    text = MADE + "# Numbers\n\n" + "".join(f"- *{word}*: {meaning}\n" for word, meaning in STANDING.items())
    columns = ("symbol", "what", "value", "interval", "unit", "drawn as", "standing", "source", "read by")
    groups = (
        (
            "Assumptions that run: somebody must settle each",
            lambda n: n.used_by and n.standing == "assumption",
        ),
        ("Published and derived numbers that run", lambda n: n.used_by and n.standing != "assumption"),
        ("Targets and context: read by no run", lambda n: not n.used_by),
    )
    for title, belongs in groups:
        rows = "".join(number_row(n) for n in numbers().values() if belongs(n))
        text += f"\n## {title}\n\n{heads(*columns)}{rows}"
    return text + prices_section()


def prices_section() -> str:
    """Price years and currencies, how far each has been checked, and which of them anything that runs hangs on."""
    money = [n for n in numbers().values() if n.used_by and n.currency and n.price_year]
    running = ", ".join(sorted({n.price_year for n in money}))
    text = "\n## Price years and currencies\n\nEvery row marked *must check* was typed from memory: nobody has held it "
    text += (
        "against its table yet. Beside each year stands a second index, made from the calendar-year deflator of the "
    )
    text += "Office for National Statistics as copied in a public repository (charlescoverdale/greenbook, "
    text += "inst/extdata/gdp_deflator.csv, 2022/23 = 100; three quarters of a year and one of the next): second hand, "
    text += "and no check of a pandemic year, whose quarters differ. The studies behind the numbers print neither "
    text += "deflators nor parities; the parities were found nowhere.\n\n"
    text += f"Numbers that run are in prices of {running}, in {', '.join(sorted({n.currency for n in money}))}: other "
    text += "rows convert only targets and context.\n\n"
    text += heads("year", "index", "second index", "standing", "source")
    text += "".join(row(*r.values()) for r in read_rows(FOLDER / "prices.csv"))
    text += "\n" + heads("currency", "pounds for one unit", "standing", "source")
    return text + "".join(row(*r.values()) for r in read_rows(FOLDER / "currencies.csv"))


def argument_page() -> str:
    """Positions, levers, structures, claims with margins and thresholds."""
    text = MADE + "# The argument\n\n## Positions\n\n" + heads("position", "said", "levers", "trap")
    for p in positions().values():
        text += row(f"`{p.name}`", p.said, ", ".join(f"{k} = {v}" for k, v in p.levers.items()), p.trap)
    text += "\n## Levers\n\n" + heads("lever", "neutral", "accepted", "unit")
    for name, lever in LEVERS.items():
        accepted = ", ".join(lever.choices) if lever.choices else f"{lever.low:g} to {lever.high:g}"
        accepted = "true, false" if isinstance(lever.neutral, bool) else accepted
        text += row(f"`{name}`", lever.neutral, accepted, lever.unit)
    text += "\n## Structures\n\n" + heads("question", "forms; the first is the base")
    text += "".join(row(name, ", ".join(forms)) for name, forms in OPTIONS.items())
    rules, found = claims()
    text += f"\n## Claims\n\nSupported at P of {rules.supported} or more in every structure, refuted at "
    text += (
        f"{rules.refuted} or less in every structure, otherwise cannot tell. Margins and thresholds were fixed before "
    )
    text += "the first full run; claims marked + were added after a run of 40 draws had shown what the others say.\n\n"
    text += heads("claim", "position", "against", "outcome", "margin per 1,700 people", "what would settle it")
    for c in found:
        margin = f"{c.relative:.0%} of the other arm" if c.relative else f"{c.margin:g}"
        text += row(
            c.words + (" +" if c.added else ""),
            f"`{c.position}`",
            f"`{c.against}`",
            f"{c.direction} {c.outcome}",
            margin,
            c.settles,
        )
    return text


def order_page() -> str:
    """The order of a week, from the docstrings of the code that runs it, and what must hold."""
    tree = ast.parse(Path(order.__file__).read_text(encoding="utf-8"))
    text = MADE + "# The week\n\n" + f"{ast.get_docstring(tree)}\n\n" + heads("step", "what it does")
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            text += row(f"`{node.name}`", (ast.get_docstring(node) or "").split("\n\n")[0])
    return text + "\n## What must hold in integers\n\n" + "".join(f"- never: {fault}\n" for fault in FAULTS[1:])


def assumptions_page() -> str:
    """Every number that no source settles, the heaviest first: who could settle it, and its weight."""
    heavy = read()
    text = MADE + "# Assumptions\n\nWeight: the share of the widest swing of a claim's effect that the number makes "
    text += "by itself, at either end of its interval, through the twin; 1 is the widest of all. Made by "
    text += "`fristed-forecast weigh`.\n\n"
    text += heads("weight", "on", "symbol", "what", "value", "who could settle it, or why it is so")
    mine = [n for n in numbers().values() if n.role == "prior" and n.used_by and n.standing in ("assumption", "known")]
    for n in sorted(mine, key=lambda n: -heavy[n.symbol].share if n.symbol in heavy else 0.0):
        weight = heavy.get(n.symbol)
        said = n.note or n.source
        share, on = (f"{weight.share:.2f}", weight.on) if weight else ("not weighed", "")
        text += row(share, on, f"`{n.symbol}`", n.name, f"{n.value:g} {n.unit}", f"{n.standing}: {said}")
    return text


PAGES: dict[str, Callable[[], str]] = {
    "numbers.md": numbers_page,
    "argument.md": argument_page,
    "week.md": order_page,
    "assumptions.md": assumptions_page,
    "protocol.md": partial(page, "odd"),
    "cheers.md": partial(page, "cheers"),
    "technical-verification.md": partial(page, "techver"),
}

if __name__ == "__main__":
    for file, made in PAGES.items():
        (Path(sys.argv[1]) / file).write_text(made(), encoding="utf-8")
