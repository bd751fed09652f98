"""The house knows every act of every room."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig, apps


class HouseConfig(AppConfig):
    name = "fristed.house"
    label = "house"

    def ready(self) -> None:
        for room in apps.get_app_configs():
            if room.name.startswith("fristed."):
                _load_acts(room.name)


def _load_acts(room: str) -> None:
    """Imports a room's acts, so that they are in the list of acts."""
    try:
        found = import_module(f"{room}.acts")
    except ModuleNotFoundError as error:
        if error.name != f"{room}.acts":
            raise
        return
    for part in iter_modules(getattr(found, "__path__", ())):
        import_module(f"{room}.acts.{part.name}")
