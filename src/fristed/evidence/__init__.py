"""Counts by published definition, and the journal's reader."""
