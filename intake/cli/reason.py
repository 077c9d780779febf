"""Option `--reason`, required by every admin action."""

import click


def _require_reason(_context: click.Context, _option: click.Parameter, reason: str) -> str:
    if not reason.strip():
        raise click.BadParameter("Give a short reason. The other admins see it.")
    return reason.strip()


reason_option = click.option(
    "--reason", required=True, callback=_require_reason, help="Reason. The other admins see it."
)
