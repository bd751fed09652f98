"""Accounts, roles, sign-in, devices, turns on shared tablets, shifts, handover."""
