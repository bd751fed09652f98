"""Pictures that a tablet reads."""

from __future__ import annotations

import segno


def qr_of(address: str) -> str:
    """A QR code of an address, as the source of an image."""
    return segno.make(address, error="m").svg_data_uri(scale=6, border=3, dark="#000", light="#fff")
