"""The report as one HTML page: what was asked, what can be said, by payer, and where every number is from."""

from html import escape
from string import Template
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fristed_forecast.evidence.table import numbers
from fristed_forecast.runs.outcomes import SHOWN
from fristed_forecast.verdict import Card

PUBLIC = ("NHS and social care", "public sector")  # what the street or victims lose is no tax
PAGE = Template("""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>$title</title><style>
body{font:16px/1.5 sans-serif;max-width:60rem;margin:0 auto;padding:1rem;color:#111;background:#fff}
table{border-collapse:collapse;display:block;overflow-x:auto}td,th{border:1px solid #999;padding:.2rem .5rem}
td.n{text-align:right}.card{border:2px solid #111;padding:.5rem 1rem;margin:1rem 0}
.word{font-weight:bold;font-size:1.2rem}svg{max-width:100%;height:auto}
</style></head><body><h1>$title</h1>$body</body></html>
""")


def number(value: float) -> str:
    """A number as people read it: three figures, thousands apart."""
    if value != value:
        return "not computed"
    if abs(value) >= 1000:
        digits = len(str(int(abs(value)))) - 3
        return f"{round(value, -digits):,.0f}"
    return f"{value:.3g}"


def spread(values: NDArray[np.float64]) -> str:
    """Mean and 95 % of draws."""
    low, high = np.quantile(values, (0.025, 0.975))
    return f"{number(float(values.mean()))} ({number(float(low))} to {number(float(high))})"


def cell(text: str) -> str:
    """A cell; one that begins with a digit or minus is set right."""
    mark = ' class="n"' if text[:1].isdigit() or text[:1] == "-" else ""
    return f"<td{mark}>{escape(text)}</td>"


def table(heads: list[str], rows: list[list[str]]) -> str:
    """A table."""
    top = "".join(f"<th>{escape(head)}</th>" for head in heads)
    body = ""
    for row in rows:
        body += f"<tr>{''.join(cell(text) for text in row)}</tr>"
    return f"<table><tr>{top}</tr>{body}</table>"


def turned_html(card: Card) -> str:
    """What the twin says with every number of unknown sign turned over."""
    if card.turned is None:
        return ""
    first, second = card.turned
    return f"<p>Twin: P(claim) {first:.2f}; every number of unknown sign turned over, {second:.2f}.</p>"


def each_payer(outcome: str, mean: float, payers: int) -> str:
    """Public money as pounds a council-tax payer over the run."""
    return f"; {number(mean / payers)} a council-tax payer" if outcome in PUBLIC else ""


def card_html(card: Card, payers: int) -> str:
    """One verdict card; `payers` is the area's council-tax payers."""
    unit = SHOWN[card.claim.outcome]
    rows = [
        [a.structure, f"{a.people:,}", f"{a.probability:.2f} (error {a.error:.2f})",
         f"{number(a.mean)} ({number(a.low)} to {number(a.high)}){each_payer(card.claim.outcome, a.mean, payers)}",
         number(a.noise)]
        for a in card.answers
    ]  # fmt: skip
    heads = ["structure", "people", "P(claim)", f"difference in ten years: {unit}", "noise of one run"]
    return (
        f'<div class="card"><p>{escape(card.claim.words)}</p><p class="word">{card.verdict}</p>'
        f"{table(heads, rows)}{turned_html(card)}"
        f"<p>What would change the answer: {escape(card.claim.settles)}</p></div>"
    )


def unset_html(unset: list[str]) -> str:
    """What the area has not set."""
    rows = [[s, numbers()[s].name, "unset: national value, interval × 2"] for s in unset]
    return "<h2>Not set by this area</h2>" + table(["symbol", "number", "used instead"], rows)


def assumptions_html() -> str:
    """Every number nobody has published, and what hangs on it."""
    rows = [
        [n.symbol, n.name, f"{number(n.value or 0)} {n.unit}", n.source, n.note, ", ".join(n.used_by)]
        for n in numbers().values()
        if n.role == "prior" and n.standing == "assumption"
    ]
    return "<h2>Every assumption</h2>" + table(["symbol", "number", "value", "why", "note", "used by"], rows)


def manifest_html(manifest: dict[str, Any]) -> str:
    """Hashes and seeds."""
    keys = ("code", "data", "area_numbers", "draws", "replicates", "weeks", "seed")
    return "<h2>To make this again</h2>" + table(["what", "value"], [[k, str(manifest[k])] for k in keys])


def page(title: str, sections: list[str]) -> str:
    """The whole page."""
    return PAGE.substitute(title=escape(title), body="".join(sections))
