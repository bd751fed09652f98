"""Opening a site, changing its file."""

from __future__ import annotations

from fristed.ground.act import ADMINISTRATOR, MANAGER, Objection, Verdict, add, amend
from fristed.ground.site import SiteFile, encode_site, problems
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


@act(roles=frozenset({ADMINISTRATOR, MANAGER}), signed_in=True)
def change_site_file(scene: Scene, *, file: SiteFile) -> Verdict:
    """Puts a new site file in force; the earlier one stays in the journal."""
    verdict = Verdict(scene.site.id, (amend("ground_site", scene.site.id, slug=file.slug, file=encode_site(file)),))
    return verdict.but(*(_fault(said) for said in problems(file)))


def _fault(said: str) -> Objection:
    """Never kept, not even late: a site with a broken clock or plan answers nobody, emergencies least of all."""
    sentence = "The site file stays as it was. {fault}"
    return Objection("site_file", sentence, recordable=False, values={"fault": said})
