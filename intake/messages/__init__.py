"""Messages between a contributor and the desk, and notes among editors."""
