"""What follows when sign-in says that something happened."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from fristed.staff import presence


@receiver(user_logged_in)
def _in(request: HttpRequest, **_: Any) -> None:
    presence.signed_in(request)


@receiver(user_logged_out)
def _out(**_: Any) -> None:
    presence.forget()
