"""Who may open a page. Every view says so, or nobody may.

@for_roles(*CARE)
def board(request): ...

@for_roles(MANAGER, signed_in=True)  # gives or takes power: a PIN on a shared tablet is not enough
def posts(request): ...
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from fristed.ground.act import Role
from fristed.staff.who import Who

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Access:
    """Who may open a page: these roles; or any signed-in account (its own sign-in); or everyone, and why.

    `signed_in`: of these roles, who has signed in fully, with a second factor.
    """

    roles: frozenset[Role] = frozenset()
    signed_in: bool = False
    accounts: bool = False
    everyone: str = ""

    def allows(self, who: Who | None, *, account: bool = False) -> bool:
        """Whether the person (or device) at this screen may open it."""
        if self.everyone or (self.accounts and account):
            return True
        return who is not None and self.names(who) and (who.signed_in or not self.signed_in)

    def names(self, who: Who | None) -> bool:
        """Whether this role is named, be it in a turn or signed in fully."""
        return who is not None and who.role in self.roles


NOBODY = Access()


def for_roles(*roles: Role, signed_in: bool = False) -> Callable[[View], View]:
    """Opens a view to these roles; with `signed_in` only after a full sign-in."""
    return _declare(Access(roles=frozenset(roles), signed_in=signed_in))


def for_accounts(view: View) -> View:
    """Opens a view to whoever has signed in, about their own sign-in only: no site's data may be on it."""
    return _declare(Access(accounts=True))(view)


def for_everyone(why: str) -> Callable[[View], View]:
    """Opens a view to everyone; the reason is kept beside it. It must hold no site's data."""
    if not why:
        raise ValueError("a page open to everyone needs its reason")
    return _declare(Access(everyone=why))


def access_of(view: Callable[..., Any]) -> Access:
    """What a view declared; nobody may open one that declared nothing."""
    declared = getattr(view, "access", NOBODY)
    return declared if isinstance(declared, Access) else NOBODY


def _declare(access: Access) -> Callable[[View], View]:
    def put(view: View) -> View:
        view.access = access  # type: ignore[attr-defined]  # functions and view classes' callables take attributes
        return view

    return put
