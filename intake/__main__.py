"""Run the command `transom` with `python -m intake`."""

from intake.cli import main

main()
