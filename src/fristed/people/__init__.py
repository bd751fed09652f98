"""Clients: alias and codes, consent, alerts, exclusions, sealed identity."""
