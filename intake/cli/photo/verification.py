"""`transom photo verify`: check that files contain nothing but what a picture needs."""

from pathlib import Path

import click

from intake.cli.photo import reading
from intake.cli.photo.arguments import FILES
from intake.cli.photo.lines import left_out, printable, words


@click.command()
@FILES
@click.option("--verbose", is_flag=True, help="Print the name and the offset of each block too.")
@click.pass_context
def verify(context: click.Context, files: tuple[Path, ...], verbose: bool) -> None:
    """Check that each file contains nothing but what a picture needs, and list everything else.

    Folders are read with their sub-folders.

    Exit code 1 if any is not proven clean or cannot be read.

    Example: transom photo verify cleaned
    """
    from intake.photos import verify
    from intake.photos.batch.files import read

    failures = 0
    for file, violations, report in reading.each(files, lambda path: verify.verify(read(path))):
        if violations is None:
            failures += reading.is_failure(report)
            click.echo(left_out(report))
            continue
        failures += bool(violations)
        contents = f"not proven clean: {words(violations)}." if violations else "clean"
        click.echo(f"{printable(file)}: {contents}")
        for violation in violations if verbose else []:
            click.echo(f"  {violation}: {violation.words}")
    context.exit(1 if failures else 0)
