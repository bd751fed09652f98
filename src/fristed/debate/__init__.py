"""The argument: every side of it on an area's own numbers. The forecast answers from a process of its own."""
