"""`transom photo`: clean, inspect and verify photos by hand. Needs no server and no database."""

import json
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections import Counter

    from intake.photos.inspect import Trace


FILES = click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)


class Photos(click.Group):
    """Command group that reports unreadable files and folders in one sentence."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. For a file that cannot be read or written, print one sentence and no traceback."""
        from intake.photos.batch import FileTrouble

        try:
            return super().invoke(ctx)
        except FileTrouble as trouble:
            raise click.ClickException(str(trouble)) from None


@click.group(cls=Photos)
def photo() -> None:
    """Clean photos of all data that could identify their maker.

    Example: transom photo clean holiday.jpg -o cleaned
    """


@photo.command()
@FILES
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the copies. It is created if it does not exist.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=None, help="Photos at once. [default: processors]"
)
@click.pass_context
def clean(
    context: click.Context, files: tuple[Path, ...], output: Path, as_json: bool, jobs: int | None
) -> None:
    """Write three clean copies of each photo: <stem>.full, .web (1,600 pixels) and .thumb (320).

    What the picture itself shows stays: faces, places, signs, watermarks.

    Exit code 0 if all were cleaned, 1 if any was refused or could not be written.

    Example: transom photo clean *.jpg -o cleaned --jobs 4
    """
    from intake import sandbox
    from intake.photos.batch import clean_files, make_folder

    make_folder(output)
    if sandbox.strength() != "full":
        click.echo("System calls cannot be filtered here. Only time and memory are limited.", err=True)
    refused = 0
    with ThreadPoolExecutor(jobs or os.cpu_count() or 1) as pool, _progress(len(files), as_json) as bar:
        for report in clean_files(pool, files, output):
            refused += report["status"] != "clean"
            click.echo(json.dumps(report) if as_json else _sentence(report))
            if bar is not None:
                bar.update(1)
    context.exit(1 if refused else 0)


def _progress(length: int, as_json: bool) -> Any:
    """Context manager with a progress bar on standard error, or None if that is no terminal.

    Also None for a single photo and for output as JSON.
    """
    if as_json or length < 2 or not sys.stderr.isatty():
        return nullcontext()
    return click.progressbar(length=length, file=sys.stderr, label="Cleaning")


def _sentence(report: dict[str, Any]) -> str:
    """Describe the report on one photo in one line of English."""
    from intake.photos.metadata_report import sentence
    from intake.photos.refusal import why

    if report["status"] != "clean":
        return f"{report['file']}: refused. {why(report['reason'])}"
    return f"{report['file']}: clean. {sentence(report['removed'])}"


@photo.command()
@FILES
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.option("--values", is_flag=True, help="Print the values too. They may identify people.")
@click.pass_context
def inspect(context: click.Context, files: tuple[Path, ...], as_json: bool, values: bool) -> None:
    """List the metadata of each file, by kind and count.

    Exit code 1 if any file is not a photo.

    Example: transom photo inspect holiday.jpg --json
    """
    from intake.photos.batch import inspect_file
    from intake.photos.refusal import PhotoRefused

    refused = 0
    for file in files:
        try:
            traces = inspect_file(file)
        except PhotoRefused as refusal:
            refused += 1
            report = {"file": str(file), "reason": refusal.reason}
            click.echo(json.dumps(report) if as_json else f"{file}: {refusal.sentence}")
        else:
            click.echo("\n".join(_findings(file, traces, as_json=as_json, values=values)))
    context.exit(1 if refused else 0)


def _findings(file: Path, traces: "list[Trace]", *, as_json: bool, values: bool) -> Iterator[str]:
    from intake.photos.inspect import tally
    from intake.photos.metadata_report import listed

    carried: Counter[str] = tally(traces)
    fields = [{"kind": trace.kind, "name": trace.name, "value": trace.printable} for trace in traces]
    if as_json:
        yield json.dumps({"file": str(file), "carries": carried, **({"fields": fields} if values else {})})
        return
    yield f"{file}: {listed(carried) or 'only the picture'}"
    for field in fields if values else []:
        yield f"  {field['kind']}: {field['name']}: {field['value']}"


@photo.command()
@FILES
@click.pass_context
def verify(context: click.Context, files: tuple[Path, ...]) -> None:
    """Check that each file contains nothing but what a picture needs, and list everything else.

    Exit code 1 if any is not proven clean.

    Example: transom photo verify cleaned/holiday.full.jpg
    """
    from intake.photos import verify
    from intake.photos.batch import read

    unclean = 0
    for file in files:
        violations = verify.verify(read(file))
        unclean += bool(violations)
        click.echo(f"{file}: {'not proven clean' if violations else 'clean'}")
        for violation in violations:
            click.echo(f"  {violation}")
    context.exit(1 if unclean else 0)
