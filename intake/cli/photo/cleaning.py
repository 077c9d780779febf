"""`transom photo clean`: write three clean copies of each photo."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import click

from intake.cli.photo.arguments import FILES
from intake.cli.photo.lines import left_out, printable
from intake.cli.photo.progress import Progress
from intake.cli.photo.tally import Tally


@click.command()
@FILES
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the copies. It is created if it does not exist.",
)
@click.option(
    "--keep-names",
    is_flag=True,
    help="Name the copies after the originals. Such names can tell who made a photo, and when.",
)
@click.option("--overwrite", is_flag=True, help="Replace copies of the same name. Without it, nothing is.")
@click.option(
    "--max-side",
    type=click.IntRange(100, 99_999),
    default=None,
    help="Longest side of the full copy in pixels. [default: as large as the photo]",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line, and the tally apart.")
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=None, help="Photos at once. [default: processors]"
)
@click.pass_context
def clean(
    context: click.Context, files: tuple[Path, ...], output: Path, keep_names: bool, overwrite: bool,
    max_side: int | None, as_json: bool, jobs: int | None,
) -> None:  # fmt: skip
    """Write three clean copies of each photo: 0001.full, 0001.web (1,600 pixels) and 0001.thumb (320).

    What the picture itself shows stays: faces, places, signs, watermarks. The time of each copy is 2 January 1980,
    so that no copy tells when it was made.

    Folders are read with their sub-folders. Hidden files, pipes and devices are left out, and copies of an earlier run
    are recognised. The last lines count the files and group the reasons; with --json they go to standard error.

    Exit code 0 if every photo is clean. 1 if any was refused, unreadable or not written. 2 for wrong usage.

    Example: transom photo clean holiday -o cleaned --jobs 4
    """
    from intake import sandbox
    from intake.photos import batch
    from intake.photos.batch import copies, walk
    from intake.photos.batch.files import make_folder

    make_folder(output)
    if sandbox.strength() != "full":
        click.echo("System calls cannot be filtered here. Only time and memory are limited.", err=True)
    found = walk.find(files)
    folder = copies.CopyFolder(output, keep_names=keep_names, overwrite=overwrite)
    jobs = jobs or os.cpu_count() or 1
    tally, last = Tally(), None
    with ThreadPoolExecutor(jobs) as pool, Progress(len(found)) as progress:
        for report in batch.clean_files(pool, found, folder, ahead=jobs, max_side=max_side):
            tally.add(report)
            line = json.dumps(report) if as_json else _sentence(report)
            progress.line(line, is_new=report["file"] != last)
            last = report["file"]
    for line in tally.lines():
        click.echo(line, err=as_json)
    context.exit(1 if tally.has_failures else 0)


def _sentence(report: dict[str, Any]) -> str:
    """Describe the report on one photo in one line of English."""
    from intake.photos import notes, removed

    told = [left_out(report)]
    if report["status"] == "clean":
        told = [f"{printable(report['file'])}: clean.", removed.sentence(report["removed"])]
    told.append(notes.sentences(report["notes"]))
    if report["outputs"]:
        told.append(f"See {printable(Path(report['outputs']['full']).name)}.")
    return " ".join(filter(None, told))
