"""What the JSON APIs share: reading bodies, serializing answers."""
