"""What people do in the room. Each act loads the little it needs, asks its rule, and answers the verdict."""
