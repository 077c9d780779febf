"""Entry point of `python -m workers relay`, `python -m workers scheduler` and `python -m workers celery --app APP …`.

The commands `transom relay`, `transom scheduler` and `transom worker` run this module.
"""

import sys
from importlib import import_module

from intake.imports import importing
from intake.logs import log_to_stderr


def celery() -> None:
    """Run Celery's own command with the arguments, like `python -m celery`, which starts more slowly."""
    del sys.argv[0]
    with importing():
        command = import_module("celery.bin.celery")
        app = import_module("celery.app.utils").find_app(sys.argv[sys.argv.index("--app") + 1])
        app.loader.import_default_modules()
    sys.exit(command.main())


def run(name: str) -> None:
    """Run a module of this package."""
    log_to_stderr()
    with importing():
        process = import_module(f"workers.{name}")
    process.main()


if sys.argv[1] == "celery":
    celery()
else:
    run(sys.argv[1])
