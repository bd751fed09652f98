"""Structural choices no number can settle: each is run in every form."""

from dataclasses import dataclass, fields, replace

INITIATION = ("exogenous", "contagion", "reputation", "attraction")
ROOM = ("on site", "area", "none")
CRIME = ("trial", "before and after, corrected")
MORTALITY = ("Pierce", "Sordo")
RETENTION = ("Nosyk", "Cochrane")
OPTIONS = {
    "initiation": INITIATION,
    "room": ROOM,
    "crime": CRIME,
    "mortality": MORTALITY,
    "retention": RETENTION,
}


@dataclass(frozen=True)
class Structure:
    """One form of every structural question."""

    initiation: str = "exogenous"
    room: str = "on site"
    crime: str = "trial"
    mortality: str = "Pierce"
    retention: str = "Nosyk"

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if value not in OPTIONS[field.name]:
                known = ", ".join(OPTIONS[field.name])
                raise ValueError(f"structure {field.name} = {value!r}: accepted are {known}")

    def name(self) -> str:
        """The forms that differ from the base, or 'base'."""
        base = Structure()
        different = [
            f"{f.name}: {getattr(self, f.name)}" for f in fields(self) if getattr(self, f.name) != getattr(base, f.name)
        ]
        return ", ".join(different) or "base"


def variants() -> list[Structure]:
    """The base, and each other form alone: nine structures."""
    base = Structure()
    return [base] + [replace(base, **{name: form}) for name, forms in OPTIONS.items() for form in forms[1:]]
