"""How the sign-in library is bent to this house: nobody signs up, nothing is mailed, secrets are sealed."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.http import HttpRequest

from fristed.ground import seal
from fristed.ground.chance import fresh_bytes
from fristed.ground.moments import MINUTE, now

_MOMENT_AGO = 5 * MINUTE


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """A manager makes accounts."""
        return False

    def is_reauthentication_required(self, **_: object) -> bool:
        """Whoever signed in a moment ago need not show again that it is them."""
        return now() - int(context.request.session.get("began", 0)) > _MOMENT_AGO

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong passwords count by name and address: whoever guesses somewhere else does not keep the owner out."""
        name: str = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{name}:{self.get_client_ip(request)}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """This house sends no mail."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library has no types
    """Seals the secrets of authenticator apps; the database alone does not sign anybody in."""

    def encrypt(self, text: str) -> str:
        nonce = fresh_bytes(12)
        return base64.b64encode(nonce + self._box().encrypt(nonce, text.encode(), None)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        box = base64.b64decode(encrypted_text)
        return self._box().decrypt(box[:12], box[12:], None).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys belong to the host name the service is reached by."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": "Fristed"}

    def _box(self) -> AESGCM:
        return AESGCM(seal.derive(settings.SERVICE_KEY, "second factor"))
