"""The argument's pages."""
