"""The two-page brief as PDF: what was claimed, what can be said, who pays, what to find out first; two signatures.

Read from the summary that a finished run leaves, so that the brief cannot say more than the report.
"""

import json
from pathlib import Path
from typing import Any

import typst

from fristed_forecast.argument.positions import BadInput

SUMMARY = "summary.json"
HEAD = """#set page(paper: "a4", margin: (x: 12mm, y: 11mm), numbering: "1 of 1")
#set text(size: 8.5pt, lang: "en")
#set par(leading: 0.5em)
#set table(stroke: 0.4pt, inset: 2.4pt)
#show table.cell: set block(breakable: false)
#let quiet(body) = text(size: 7.5pt, body)
"""


def text(value: object) -> str:
    """Words as a Typst string: nothing in them is markup."""
    return "#" + json.dumps(str(value), ensure_ascii=False)


def cell(value: object) -> str:
    """A table cell."""
    return f"[{text(value)}]"


def table(columns: str, heads: list[str], rows: list[list[object]]) -> str:
    """A table whose head is repeated."""
    top = "".join(f"[*{text(head)}*]," for head in heads)
    body = ",".join(cell(value) for row in rows for value in row)
    return f"#table(columns: {columns}, table.header({top}), {body})\n"


def cards(summary: dict[str, Any]) -> str:
    """Claims with their words; the number is the base structure's at the claimed number of people."""
    rows: list[list[object]] = [[c["words"], c["verdict"], c["number"], c["settles"]] for c in summary["cards"]]
    heads = ["claim", "what can be said", "difference in the run's years, 95 %", "what would change it"]
    return table("(2.7fr, 1.7fr, 2.1fr, 2.2fr)", heads, rows)


def source(summary: dict[str, Any]) -> str:
    """The whole document in Typst."""
    unset = ", ".join(summary["unset"]) or "nothing"
    payers = summary["payers"]
    return (
        HEAD
        + f"= {text('What each side of the argument would do: ' + summary['area'])}\n"
        + f"{text(summary['scale'])}\n\n== What can be said\n"
        + cards(summary)
        + "\n== Who pays: cash in five years against doing nothing, pounds, not discounted\n"
        + table("(2fr," + "1fr," * (len(payers["heads"]) - 1) + ")", payers["heads"], payers["rows"])
        + f"\n== What to find out first\n{text(summary['first'])}\n\n"
        + f"#quiet[{text('Not set by this area, national values with the interval doubled: ' + unset)}]\n\n"
        + f"#quiet[{text(summary['again'])}]\n\n"
        + "== Signed\nBoth signatures say only this: these are the numbers we agreed to look at, and this is what "
        + "they can and cannot say.\n\n#v(6mm)\n#grid(columns: (1fr, 1fr), gutter: 10mm, "
        + "[#line(length: 100%) for: name, date, interests], [#line(length: 100%) against: name, date, interests])\n"
    )


def pdf(path: Path) -> bytes:
    """The brief of a run's summary."""
    if not path.exists():
        raise BadInput(f"{path.parent}: no finished run is here ({path.name} is missing); run it first")
    return bytes(typst.compile(source(json.loads(path.read_text(encoding="utf-8"))).encode()))


def make(folder: Path, file: Path) -> None:
    """Write the brief of a finished run."""
    file.write_bytes(pdf(folder / SUMMARY))
