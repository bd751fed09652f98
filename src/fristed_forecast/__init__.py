"""The policy forecast: what each position in the argument would do in one town, by payer, with its doubt.

Start at `evidence` (the numbers), `week` (one week of the model), `twin` (its expectation),
`positions` (who says what) and `verdict` (what can be said).
"""
