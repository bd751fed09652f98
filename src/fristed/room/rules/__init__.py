"""What the room allows and why: pure functions over plain values; the moment is an argument."""
