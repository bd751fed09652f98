"""Codes of a report in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

GIVEN: dict[str, str | Promise] = {
    "equipment_out": _("Equipment out, pieces"),
    "equipment_back": _("Equipment back, pieces"),
    "naloxone_kits": _("Naloxone kits"),
    "services": _("Services"),
    "interventions": _("Brief interventions"),
    "referrals": _("Referrals offered"),
    "referrals_accepted": _("Referrals accepted"),
    "referrals_attended": _("Referrals attended"),
    "samples": _("Samples for checking"),
    "found": _("Substances found or given up"),
    "incidents": _("Incidents"),
    "needles_found": _("Needles found outside"),
    "complaints": _("Complaints"),
    "public_use": _("People seen using in public"),
    "patrols": _("Minutes on patrol"),
}
