"""What scripts say, in the page's language. The page carries it as data; see `static/fristed/words.js`."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "override": _("Do it anyway"),
    "override_reason": _("Why"),
    "sign_in": _("Sign in"),
    "unreachable": _("No connection. This was not kept; try again."),
    "until": _("Until {time}."),
}
