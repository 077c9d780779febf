"""`transom up` with the real servers and stand-ins for the rest: `python -m tests.local.driver JOURNAL NAME[:BEHAVIOUR]…`."""

import sys
from collections.abc import Sequence
from pathlib import Path

from intake.local import processes
from intake.local.errors import CannotStart
from intake.local.supervision.output import say
from intake.local.supervision.process import ProcessSpec
from intake.local.up import up
from intake.settings import Settings, settings
from tests.local.standins import Journal


def main(journal: Journal, names: Sequence[str]) -> None:
    def specs(settings: Settings) -> list[ProcessSpec]:
        split = (name.partition(":") for name in names)
        return [
            *processes.server_specs(settings),
            *(journal.spec(name, how or "plain") for name, _, how in split),
        ]

    try:
        up(settings(), specs=specs, greet=lambda settings: say(f"up at {settings.base_url}"))
    except CannotStart as error:
        print(error, file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main(Journal(Path(sys.argv[1])), sys.argv[2:])
