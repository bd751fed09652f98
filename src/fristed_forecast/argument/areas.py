"""An area: one short file. What it has not set is a national value, with its interval doubled."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from fristed_forecast.argument.positions import BadInput, load
from fristed_forecast.calibration.posterior import shipped
from fristed_forecast.evidence.draws import centre
from fristed_forecast.evidence.fit import fit
from fristed_forecast.evidence.table import Number, numbers

OWN = Path(__file__).parent / "areas"
WHOLE = {"claimed_people": (1, 5e7), "population": (100, 1e9), "officers": (0, 1e7),
         "prison_places": (0, 1e7), "council_tax_payers": (1, 1e9), "sample": (0, 1e7)}  # fmt: skip
# what an area must set for itself: a national value is only a stand-in
LOCAL = ("p_op", "cov_tx", "sh_inj", "sh_crack", "sh_young", "sh_old", "sh_catch", "h_abandon", "h_rehab",
         "nal_cov", "p_sell", "r_price", "r_purity", "h_inv")  # fmt: skip


@dataclass(frozen=True)
class Area:
    """One area. `numbers` holds its own rows and the widened national ones."""

    name: str
    claimed_people: int
    population: int
    officers: int
    prison_places: int
    council_tax_payers: int
    sample: int
    numbers: dict[str, Number]
    unset: tuple[str, ...]
    posterior: str = ""  # name of the calibration this area's draws come from; empty: the priors

    def implied_people(self) -> int:
        """Dependent people by the official rate: population x share aged 15-64 x rate x opiate share."""
        return implied(centre(self.numbers), self.population)

    def sizes(self) -> tuple[int, ...]:
        """Numbers of dependent people every scenario is run at: the sample of a large area, else the number claimed
        and the number that official rates imply."""
        return (self.sample,) if self.sample else tuple(dict.fromkeys((self.claimed_people, self.implied_people())))

    def simulated(self) -> float:
        """Share of the area's people who are simulated."""
        return self.sample / self.claimed_people if self.sample else 1.0

    def cells(self) -> int:
        """Prison places for the people simulated."""
        return round(self.prison_places * self.simulated())

    def payers(self) -> int:
        """Council-tax payers to whom the people simulated belong."""
        return round(self.council_tax_payers * self.simulated())


def implied(theta: Mapping[str, float], population: int) -> int:
    """Dependent people that a rate per 1,000 aged 15 to 64 implies."""
    return round(population * theta["p_1564"] * theta["r_OCU_NE"] / 1000 * theta["p_op"])


def find(name: str) -> Path:
    """An area of the package by its name, or a file by its path."""
    path = Path(name)
    if path.suffix == ".toml":
        return path
    known = sorted(p.stem for p in OWN.glob("*.toml"))
    if name not in known:
        raise BadInput(f"area {name!r} is not known; known are {', '.join(known)}, or give the path of a .toml file")
    return OWN / f"{name}.toml"


def area(name: str) -> Area:
    """Read and check one area."""
    path = find(name)
    table = load(path)
    whole = {key: _whole(path, table, key) for key in WHOLE}
    if whole["prison_places"] > whole["population"]:
        raise BadInput(
            f"{path}: prison_places = {whole['prison_places']}: accepted is 0 to the population, {whole['population']}"
        )
    for key in table:
        if key not in (*WHOLE, "name", "posterior", "numbers"):
            known = f"name, posterior, {', '.join(WHOLE)}, [numbers.SYMBOL]"
            raise BadInput(f"{path}: {key} is not a key; keys are {known}")
    posterior = str(table.get("posterior", ""))
    if posterior and posterior not in shipped():
        raise BadInput(f"{path}: posterior = {posterior!r}: accepted are {', '.join(shipped())}, or leave it out")
    own = {symbol: _own(path, symbol, row) for symbol, row in table.get("numbers", {}).items()}
    unset = tuple(symbol for symbol in LOCAL if symbol not in own)
    wide = {symbol: widened(numbers()[symbol]) for symbol in unset}
    return Area(str(table.get("name", path.stem)), **whole, numbers={**wide, **own}, unset=unset,
                posterior=posterior)  # fmt: skip


def _whole(path: Path, table: dict[str, Any], key: str) -> int:
    low, high = WHOLE[key]
    value = table.get(key, 0 if key == "sample" else None)
    if value is None:
        raise BadInput(f"{path}: {key} is missing: a whole number from {low:g} to {high:g} is needed")
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise BadInput(f"{path}: {key} = {value!r}: accepted is a whole number from {low:g} to {high:g}")
    return value


def _own(path: Path, symbol: str, row: dict[str, Any]) -> Number:
    """An area's own row, in the national row's unit and family."""
    if symbol not in numbers():
        raise BadInput(f"{path}: [numbers.{symbol}]: no such symbol (symbols are case-sensitive)")
    national = numbers()[symbol]
    missing = [key for key in ("value", "low", "high", "unit", "source") if key not in row]
    if missing:
        raise BadInput(f"{path}: [numbers.{symbol}]: missing {', '.join(missing)}")
    if row["unit"] != national.unit:
        raise BadInput(f"{path}: [numbers.{symbol}] unit = {row['unit']!r}: accepted is {national.unit!r}")
    value, low, high = (_amount(path, symbol, key, row[key], national.unit) for key in ("value", "low", "high"))
    if not low <= value <= high:
        raise BadInput(f"{path}: [numbers.{symbol}] value = {value}: accepted is low {low} to high {high}")
    if national.family == "fixed":
        return replace(national, value=value, a=value, source=str(row["source"]))
    a, b = fit(national.family, "interval", value, low, high)
    return replace(national, value=value, low=low, high=high, a=a, b=b, rule="interval", source=str(row["source"]))


def _amount(path: Path, symbol: str, key: str, value: object, unit: str) -> float:
    high = 1.0 if unit.startswith("share") else 1e12
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0.0 <= value <= high:
        raise BadInput(f"{path}: [numbers.{symbol}] {key} = {value!r}: accepted is 0 to {high:g} {unit}")
    return float(value)


def widened(number: Number) -> Number:
    """The national row with twice its standard deviation (lognormal: twice its log-sd), as far as a share
    allows."""
    if number.family == "lognormal":
        return replace(number, b=number.b * 2)
    if number.family == "gamma":
        return replace(number, a=number.a / 4, b=number.b * 4)
    if number.family == "beta":
        total = number.a + number.b
        wide = max((total + 1) / 4 - 1, 0.5)
        return replace(number, a=number.a / total * wide, b=number.b / total * wide)
    return replace(number, b=number.b * 2) if number.family == "normal" else number


TEMPLATE = """# {name}: fill in, then: fristed-forecast run {file} --out DIR
name = "{name}"
claimed_people = {people}      # dependent people somebody has claimed there are
population = {population}
officers = 1000
prison_places = 300            # for people like these
council_tax_payers = {tax}
"""


def new_area(path: Path, name: str, people: int, population: int) -> None:
    """Write a new area's file with what is known and a place for every number the area must set."""
    if path.exists():
        raise BadInput(f"{path}: exists already; choose another name or delete it first")
    text = TEMPLATE.format(name=name, file=path, people=people, population=population, tax=population * 2 // 5)
    for symbol in LOCAL:
        national = numbers()[symbol]
        text += (
            f"\n# [numbers.{symbol}]  # {national.name}\n# value = {national.value}\n# low = {national.low}\n"
            f'# high = {national.high}\n# unit = "{national.unit}"\n# source = ""\n'
        )
    path.write_text(text, encoding="utf-8")
