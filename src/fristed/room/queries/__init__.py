"""What is read in the room. Nothing here writes."""
