"""The street around the room: counted and timed, nobody described. Pure."""

from __future__ import annotations

from fristed.ground.act import Secret, Verdict
from fristed.ground.notes import TEXT, WORD, Note, fits, how_many, said

CHANNELS = ("in_person", "phone", "mail", "online", "council")
CATEGORIES = ("needles", "public_use", "noise", "dealing", "rough_sleeping", "litter", "other")


def needles(note: Note, spot: str, count: int) -> Verdict:
    """Needles picked up at a spot. None found on a walk is a finding too."""
    row = note.row("neighbourhood_needlefind", spot=spot.strip(), count=count)
    return Verdict(note.id, (row,)).but(said(spot), how_many(count, least=0))


def public_use(note: Note, spot: str, count: int) -> Verdict:
    """People seen injecting or smoking in public at a spot: how many."""
    row = note.row("neighbourhood_publicuse", spot=spot.strip(), count=count)
    return Verdict(note.id, (row,)).but(said(spot), how_many(count, least=0))


def patrol(note: Note, spot: str, minutes: int) -> Verdict:
    """A walk around the room: where, how many minutes."""
    row = note.row("neighbourhood_patrol", spot=spot.strip(), minutes=minutes)
    return Verdict(note.id, (row,)).but(said(spot), how_many(minutes))


def complaint(note: Note, channel: str, category: str, text: str) -> Verdict:
    """What a neighbour said, by which way, about what. The words are sealed under their own key."""
    content = {"text": text.strip()} if text.strip() else {}
    row = note.row("neighbourhood_complaint", channel=channel, category=category, sealed=Secret(note.id, content))
    verdict = Verdict(note.id, (row,), subject=note.id)
    return verdict.but(said(channel, WORD), said(category, WORD), fits(text, TEXT))
