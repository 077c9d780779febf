"""Demo data: invented submissions in many scripts, and four accounts that edit and decide them."""
