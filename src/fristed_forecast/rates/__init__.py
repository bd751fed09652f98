"""From one parameter draw to the weekly hazards of the model: published numbers in, tables out."""
