"""`python -m intake` is the command `transom`."""

from intake.cli import main

main()
