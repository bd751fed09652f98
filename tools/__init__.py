"""Tools of the repository: each is run by the Makefile."""
