"""The sign-in library's pages that this house uses, under the names the library gives them; and no others."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import path

from fristed.staff.access import for_accounts, for_everyone

_before_sign_in = for_everyone("It is the way in; nobody is known yet, and nothing of a site is on it.")

urlpatterns = [
    path("sign-in/", _before_sign_in(account.login), name="account_login"),
    path("sign-in/passkey/", _before_sign_in(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("sign-in/second/", _before_sign_in(factors.authenticate), name="mfa_authenticate"),
    path("sign-in/inactive/", _before_sign_in(account.account_inactive), name="account_inactive"),
    path("sign-out/", _before_sign_in(account.logout), name="account_logout"),
    path("account/again/", for_accounts(account.reauthenticate), name="account_reauthenticate"),
    path("account/again/code/", for_accounts(factors.reauthenticate), name="mfa_reauthenticate"),
    path("account/again/passkey/", for_accounts(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("account/password/", for_accounts(account.password_change), name="account_change_password"),
    path("account/", for_accounts(factors.index), name="mfa_index"),
    path("account/app/", for_accounts(totp.activate_totp), name="mfa_activate_totp"),
    path("account/app/remove/", for_accounts(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/passkeys/", for_accounts(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("account/passkeys/add/", for_accounts(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/remove/", for_accounts(passkeys.remove_webauthn), name="mfa_remove_webauthn"),
    path("account/passkeys/<int:pk>/name/", for_accounts(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    path("account/codes/", for_accounts(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("account/codes/new/", for_accounts(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
]
