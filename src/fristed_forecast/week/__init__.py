"""The people, one by one, week by week. `order.py` is the week; every step has a file of its own.

Order of a week: market, entrants, then per person offences, deaths, exits; then arrests within hours,
queues, room, ledger, checks.
"""
