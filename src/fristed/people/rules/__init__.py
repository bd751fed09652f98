"""What is decided about people's records: pure functions over plain values; the moment is an argument."""
