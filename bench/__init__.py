"""Measurements. `make bench` runs them all and writes docs/performance.md; nothing here is a test."""
