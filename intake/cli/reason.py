"""Why a lever is pulled, asked of every command that pulls one."""

import click


def _require_reason(_context: click.Context, _option: click.Parameter, reason: str) -> str:
    if not reason.strip():
        raise click.BadParameter("Say why in a few words: the others see it.")
    return reason.strip()


reason_option = click.option(
    "--reason", required=True, callback=_require_reason, help="Why; the others see it."
)
