"""One file per command of `fristed`; each offers a function that `command.py` names."""
