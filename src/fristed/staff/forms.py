"""The one form of signing in that says more than its library's own."""

from __future__ import annotations

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # the library says no types
    """A passkey signs its owner in by itself, unless they say that it shall only be a second factor."""

    passwordless = forms.BooleanField(
        label=_("It signs me in without a password"),
        help_text=_("The device or key then asks for a finger, a face or its own PIN."),
        required=False,
        initial=True,
    )
