"""Command `transom`. Its commands import their dependencies only when they run, so that `--help` is fast."""

import importlib
import resource
from typing import Any

import click

from intake.logs import log_to_stderr
from intake.settings.field import SettingsError
from intake.version import VERSION

# Name of a command → module of intake.cli that defines the command.
COMMANDS = {
    "answer": "contribute.answer",
    "audit": "audit",
    "backup": "backups.backup",
    "backups": "backups.stored",
    "demo": "demo",
    "doctor": "doctor",
    "document": "document",
    "draft": "contribute.draft",
    "incidents": "incidents",
    "jobs": "jobs",
    "keys": "keys",
    "migrate": "migrate",
    "photo": "photo",
    "queue": "queue",
    "receipt": "contribute.receipt",
    "relay": "processes",
    "restore": "backups.backup",
    "schedule": "schedule",
    "scheduler": "processes",
    "scrub": "scrub",
    "settings": "settings",
    "status": "status",
    "stop-worker": "stop_worker",
    "submit": "contribute.submit",
    "text": "text",
    "up": "up",
    "user": "people.user",
    "web": "processes",
    "worker": "processes",
}


class Commands(click.Group):
    """Command group that imports a command's module on first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Names of all commands, for `--help`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        """Command of this name, or None."""
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"intake.cli.{COMMANDS[name]}")
        command: click.Command = getattr(module, name.replace("-", "_"))
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. For an invalid setting, print one sentence instead of a traceback."""
        try:
            log_to_stderr()
            return super().invoke(ctx)
        except SettingsError as error:
            raise click.ClickException(str(error)) from None


def _require_reason(_context: click.Context, _option: click.Parameter, reason: str) -> str:
    if not reason.strip():
        raise click.BadParameter("Give a short reason. The other admins see it.")
    return reason.strip()


reason_option = click.option(
    "--reason", required=True, callback=_require_reason, help="Reason. The other admins see it."
)
"""Option `--reason`, required by every admin action."""


@click.group(cls=Commands)
@click.version_option(VERSION, prog_name="transom")
def main() -> None:
    """Transom takes in what strangers send to a magazine, makes it safe to look at, and puts it before editors.

    Start everything on this machine: transom up
    """
    # A core dump would write keys and opened words to a disk. All processes of Transom are started from here.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
