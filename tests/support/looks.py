"""What axe objects to on a page, in light, in dark and in forced colours."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced": {"color_scheme": "light", "forced_colors": "active"},
}


def objections(page: Page) -> list[str]:
    """Every violation: its look, its rule, the first element, and what would mend it."""
    found = []
    for look, media in LOOKS.items():
        page.emulate_media(**media)
        for violation in Axe().run(page).response["violations"]:
            first = violation["nodes"][0]
            found.append(f"{look}: {violation['id']}: {first['html'][:160]} {first['failureSummary']}")
    page.emulate_media(**LOOKS["light"])
    return found
