"""Messages between contributors and the desk, and notes among editors."""
