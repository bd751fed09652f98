"""Where a number comes from and what hangs on it, in sentences."""

import difflib

from fristed_forecast.evidence.table import Number, numbers

STANDING = {
    "found": "seen in a public source",
    "known": "from memory of a publication; verify before relying on it",
    "derived": "arithmetic on published numbers",
    "assumption": "an assumption, wide on purpose; somebody must settle it",
    "not found": "nobody has published it as far as was seen",
}


def explain(symbol: str) -> str:
    """The whole story of one symbol; an unknown symbol is answered with its near neighbours."""
    table = numbers()
    if symbol not in table:
        near = difflib.get_close_matches(symbol, table, n=3, cutoff=0.4)
        raise KeyError(f"no number is called {symbol!r} (symbols are case-sensitive); near: {', '.join(near)}")
    return "\n".join(_lines(table[symbol]))


def _lines(number: Number) -> list[str]:
    value = "no value" if number.value is None else f"{number.value:g}"
    interval = "" if number.low is None or number.high is None else f" ({number.low:g} to {number.high:g})"
    lines = [
        f"{number.symbol}: {number.name}",
        f"  value       {value}{interval} {number.unit}",
        f"  population  {number.population}",
        f"  source      {number.source}",
        f"  standing    {number.standing}: {STANDING[number.standing]}",
        f"  role        {number.role}",
        f"  drawn as    {number.family} (a={number.a:g}, b={number.b:g}) by rule {number.rule!r}",
    ]
    extra = (
        (
            "money",
            f"{number.currency} of {number.price_year}, paid by {number.payer or 'nobody: a price'}"
            if number.currency and number.price_year
            else "",
        ),
        ("time", number.time),
        ("with", number.joint),
        ("note", number.note),
        ("file", f"evidence/{number.file}"),
    )
    lines += [f"  {label:<11} {text}" for label, text in extra if text]
    return [*lines, f"  used by     {', '.join(number.used_by) or 'nothing that runs'}"]
