"""The expectation of the same model: the same hazards, moved as shares of people, no chance."""
