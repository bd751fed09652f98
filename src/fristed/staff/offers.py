"""Offers of a post to someone who has a sign-in already: a link for its owner alone, good for three days.

Nothing of the post exists before it is taken up. The offer ends when whoever made it no longer manages the site.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.core import signing
from django.urls import reverse

from fristed.ground.act import Done, Refusal, Role
from fristed.ground.ids import Id, derived_id
from fristed.staff.acts import take_up
from fristed.staff.models import Account, Worker
from fristed.staff.rules import WHO_MANAGES
from fristed.staff.who import Who

_SALT = "offer"


@dataclass(frozen=True, slots=True)
class Offer:
    """A post to be: the tap that offered it, where, by whom, under which name, as what, to which account."""

    key: Id
    site: Id
    by: Id
    name: str
    role: str
    account: int


def path_for(offer: Offer) -> str:
    """The address, within the service, where the offer is taken up."""
    said = [offer.key, offer.site, offer.by, offer.name, offer.role, offer.account]
    return reverse("staff:offer", args=[signing.dumps(said, salt=_SALT)])


def offer_for(account: Account, token: str) -> Offer | None:
    """The offer in a link; None when it is old, for somebody else, or no longer anybody's to make."""
    try:
        offer = Offer(*signing.loads(token, salt=_SALT, max_age=settings.PASSWORD_RESET_TIMEOUT))
    except signing.BadSignature:
        return None
    by = Worker.objects.filter(id=offer.by, site=offer.site, until=None, role__in=WHO_MANAGES)
    return offer if offer.account == account.pk and by.exists() else None


def taken_up(offer: Offer) -> Done | Refusal:
    """The post begins, by its owner's own tap. A second time it is the same post, ended or not."""
    post = derived_id(offer.key, "post")
    own = Who(offer.site, cast(Role, offer.role), worker=post, name=offer.name, signed_in=True)
    return take_up(own.tap(post), name=offer.name, role=offer.role, account=offer.account)
