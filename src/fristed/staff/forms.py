"""The forms of signing in that do or say more than their library's own."""

from __future__ import annotations

from allauth.mfa import app_settings
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _


class Once:
    """A code opens once. The library forgets it after one step, when its neighbours' time still lets it in."""

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]  # of the library's form it stands before
        lives = (2 * app_settings.TOTP_TOLERANCE + 1) * app_settings.TOTP_PERIOD
        if not cache.add(f"second-factor:{self.user.pk}:{code}", True, lives):  # type: ignore[attr-defined]  # likewise
            raise forms.ValidationError(_("This code has been used. Wait for the next one."))
        return code


class CodeForm(Once, AuthenticateForm):  # type: ignore[misc]  # the library has no types
    """The second factor at a sign-in."""


class CodeAgainForm(Once, ReauthenticateForm):  # type: ignore[misc]  # the library has no types
    """The second factor once more, before a sign-in is changed."""


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # the library has no types
    """A passkey signs its owner in by itself, unless they say that it shall only be a second factor."""

    passwordless = forms.BooleanField(
        label=_("It signs me in without a password"),
        help_text=_("The device or key then asks for a finger, a face or its own PIN."),
        required=False,
        initial=True,
    )
