"""One-time sign-ins: a link that a manager hands over, once good, for three days.

The token depends on the account's password, so choosing one uses it up. Nothing about it is stored.
"""

from __future__ import annotations

from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse

from fristed.staff.models import Account, Worker


def make_account(name: str) -> Account:
    """A sign-in with this user name and no password yet. Raises ValueError when the name is taken."""
    if Account.objects.filter(username__iexact=name).exists():
        raise ValueError(f"The user name {name!r} is taken. Choose another.")
    account = Account(username=name)
    account.set_unusable_password()
    account.save()
    return account


def path_for(account: Account) -> str:
    """The address, within the service, of this account's one-time sign-in."""
    return reverse("staff:welcome", args=[account.pk, default_token_generator.make_token(account)])


def account_for(id: int, token: str) -> Account | None:
    """The account a one-time sign-in is for; None when it was used, is old, or was never one.

    None too once its owner works at two sites: a link from before opens no post that another site gave.
    """
    account = Account.objects.filter(pk=id, is_active=True).first()
    if account is None or not default_token_generator.check_token(account, token):
        return None
    sites = Worker.objects.filter(account=id, until=None).values_list("site", flat=True).distinct()
    return account if sites.count() <= 1 else None
