"""Demo data: invented submissions in many scripts, and four accounts that work on them."""
