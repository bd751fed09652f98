"""The argument's page."""
