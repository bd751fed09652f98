"""Opening a site, changing its file."""

from __future__ import annotations

from fristed.ground.act import ADMINISTRATOR, MANAGER, Verdict, add, amend
from fristed.ground.site import SiteFile, encode_site
from fristed.journal.frame import Scene, act


@act(roles=frozenset({ADMINISTRATOR}), founding=True)
def found_site(scene: Scene, *, file: SiteFile) -> Verdict:
    """Opens a site as its file describes it. Its id is the tap's site."""
    id = scene.tap.site
    return Verdict(id, (add("ground_site", id, slug=file.slug, file=encode_site(file)),))


@act(roles=frozenset({ADMINISTRATOR}), own_page=True)
def answer_volume(scene: Scene, *, encrypted: bool) -> Verdict:
    """Whoever starts the service said whether the disk under PostgreSQL is encrypted."""
    return Verdict(scene.site.id)


@act(roles=frozenset({ADMINISTRATOR, MANAGER}))
def change_site_file(scene: Scene, *, file: SiteFile) -> Verdict:
    """Puts a new site file in force; the earlier one stays in the journal."""
    return Verdict(scene.site.id, (amend("ground_site", scene.site.id, slug=file.slug, file=encode_site(file)),))
