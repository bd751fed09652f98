"""Invented services that live through the same acts: demonstration, training, load."""
