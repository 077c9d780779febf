"""A queue to look at: invented people of invented places send pieces in many scripts, and a cast of four works on them."""
