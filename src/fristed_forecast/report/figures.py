"""Figures as SVG: Vega-Lite drawn here, so that a page needs no script. Readable without colour."""

from typing import Any

import numpy as np
import vl_convert  # type: ignore[import-untyped, unused-ignore]
from numpy.typing import NDArray

Rows = list[dict[str, Any]]
CONFIG = {"font": "sans-serif", "view": {"stroke": None}, "axis": {"grid": True, "gridDash": [2, 3]}}


def svg(spec: dict[str, Any]) -> str:
    """Draw a specification."""
    whole = {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "config": CONFIG, **spec}
    return str(vl_convert.vegalite_to_svg(whole))


def fan(weekly: NDArray[np.float32], title: str) -> str:
    """Median, half and nine tenths of draws, by year; from [draws, weeks]."""
    rows: Rows = []
    for week in range(0, weekly.shape[1], 13):
        q = np.quantile(weekly[:, week], (0.05, 0.25, 0.5, 0.75, 0.95))
        names = ("low", "lower", "middle", "upper", "high")
        rows.append({"year": week / 52} | dict(zip(names, (float(v) for v in q), strict=True)))
    x = {"field": "year", "type": "quantitative", "title": "years from now"}

    def band(low: str, high: str, opacity: float) -> dict[str, Any]:
        y = {"field": low, "type": "quantitative", "title": title, "scale": {"zero": False}}
        return {"mark": {"type": "area", "opacity": opacity, "color": "#555"},
                "encoding": {"x": x, "y": y, "y2": {"field": high}}}  # fmt: skip

    line = {"mark": {"type": "line", "color": "#000"},
            "encoding": {"x": x, "y": {"field": "middle", "type": "quantitative"}}}  # fmt: skip
    return svg({"width": 320, "height": 180, "data": {"values": rows},
                "layer": [band("low", "high", 0.2), band("lower", "upper", 0.35), line]})  # fmt: skip


def intervals(rows: Rows, title: str) -> str:
    """One dot and line per position: mean paired difference, 95 % of draws. Rows: name, mean, low, high."""
    y = {"field": "name", "type": "nominal", "title": None, "sort": None, "axis": {"labelLimit": 260}}
    dots = {"mark": {"type": "point", "filled": True, "size": 60, "color": "#000"},
            "encoding": {"y": y, "x": {"field": "mean", "type": "quantitative", "title": title}}}  # fmt: skip
    span = {"y": y, "x": {"field": "low", "type": "quantitative"}, "x2": {"field": "high"}}
    bars = {"mark": {"type": "rule", "color": "#000"}, "encoding": span}
    zero = {"mark": {"type": "rule", "strokeDash": [4, 4], "color": "#777"}, "encoding": {"x": {"datum": 0}}}
    return svg({"width": 420, "data": {"values": rows}, "layer": [zero, bars, dots]})


def plane(points: NDArray[np.float64], title: str) -> str:
    """Cost-effectiveness plane: one point a draw, [draws, 2] of QALYs and pounds."""
    rows = [{"qalys": float(q), "pounds": float(p)} for q, p in points]
    encoding = {
        "x": {"field": "qalys", "type": "quantitative", "title": "QALYs gained"},
        "y": {"field": "pounds", "type": "quantitative", "title": title},
    }
    marks = {"type": "point", "opacity": 0.5, "size": 15, "color": "#000"}
    return svg({"width": 320, "height": 220, "data": {"values": rows}, "mark": marks, "encoding": encoding})


def lines(rows: Rows, x: str, y: str, domain: list[float] | None = None) -> str:
    """Lines by `name`, told apart by dashes and a label at the end; rows: name, x, y."""
    last = max((row["x"] for row in rows), default=0.0)
    scale = {"scale": {"domain": domain}} if domain else {}
    axes = {
        "x": {"field": "x", "type": "quantitative", "title": x},
        "y": {"field": "y", "type": "quantitative", "title": y, **scale},
    }
    names = {"field": "name", "type": "nominal"}
    drawn = {"mark": {"type": "line", "color": "#000"}, "encoding": axes | {"strokeDash": {**names, "legend": None}}}
    labels = {"mark": {"type": "text", "align": "left", "dx": 4, "fontSize": 9},
              "transform": [{"filter": f"datum.x == {last}"}], "encoding": axes | {"text": names}}  # fmt: skip
    return svg({"width": 420, "height": 220, "data": {"values": rows}, "layer": [drawn, labels]})


def swings(rows: Rows, title: str) -> str:
    """A tornado, each bar with L at the result of a number's low end and H at that of its high end.
    Rows: name, low, high."""
    order = [row["name"] for row in rows]
    y = {"field": "name", "type": "nominal", "title": None, "sort": order, "axis": {"labelLimit": 300}}
    x = {"field": "left", "type": "quantitative", "title": title, "scale": {"padding": 12}}
    values = [row | {"left": min(row["low"], row["high"]), "right": max(row["low"], row["high"]),
                     "letters": "LH" if row["low"] <= row["high"] else "HL"} for row in rows]  # fmt: skip
    bar = {"mark": {"type": "bar", "color": "#bbb", "stroke": "#000"},
           "encoding": {"y": y, "x": x, "x2": {"field": "right"}}}  # fmt: skip
    ends = []
    for n, (field, align, dx) in enumerate((("left", "right", -3), ("right", "left", 3))):
        letter = [{"calculate": f"datum.letters[{n}]", "as": "letter"}]
        said = {"y": y, "x": {**x, "field": field}, "text": {"field": "letter", "type": "nominal"}}
        ends.append({"mark": {"type": "text", "align": align, "dx": dx}, "transform": letter, "encoding": said})
    return svg({"width": 420, "data": {"values": values}, "layer": [bar, *ends]})
