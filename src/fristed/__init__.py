"""Fristed: a refuge, a place set free. The house; its rooms are the folders beside this file."""
