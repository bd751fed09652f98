"""What people see in the room: parse, ask one query, render."""
