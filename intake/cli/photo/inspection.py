"""`transom photo inspect`: list the metadata of photo files."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from intake.cli.photo import reading
from intake.cli.photo.arguments import FILES
from intake.cli.photo.lines import left_out, printable, words

if TYPE_CHECKING:
    from intake.photos.batch.inspection import Inspection


@click.command()
@FILES
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.option("--values", is_flag=True, help="Print the values too. They may identify people.")
@click.pass_context
def inspect(context: click.Context, files: tuple[Path, ...], as_json: bool, values: bool) -> None:
    """List the metadata of each file, by kind and count. Folders are read with their sub-folders.

    Exit code 1 if any file is not a photo or cannot be read.

    Example: transom photo inspect holiday.jpg --json
    """
    from intake.photos.batch import inspection

    failures = 0
    for file, found, report in reading.each(files, inspection.inspect_file):
        if found:
            click.echo("\n".join(_findings(file, found, as_json=as_json, values=values)))
            continue
        failures += reading.is_failure(report)
        click.echo(json.dumps({name: report[name] for name in _FIELDS}) if as_json else left_out(report))
    context.exit(1 if failures else 0)


_FIELDS = ("file", "status", "reason", "sentence")
"""Fields of a report on a file that was not inspected."""


def _findings(file: Path, found: "Inspection", *, as_json: bool, values: bool) -> Iterator[str]:
    from intake.photos import notes
    from intake.photos.inspect import tally

    fields = [{"kind": trace.kind, "name": trace.name, "value": trace.printable} for trace in found.traces]
    if as_json:
        facts: dict[str, Any] = {"file": str(file), "carries": tally(found.traces), "notes": found.notes}
        facts["only_the_picture"] = found.violations == [] and not found.traces
        yield json.dumps(facts | ({"fields": fields} if values else {}))
        return
    yield " ".join(filter(None, (f"{printable(file)}: {_contents(found)}", notes.hint(found.notes))))
    for field in fields if values else []:
        yield f"  {field['kind']}: {printable(field['name'])}: {field['value']}"


def _contents(found: "Inspection") -> str:
    """Describe the contents of a file. Only for a file that is proven clean, the result is `only the picture.`"""
    from intake.photos.inspect import tally
    from intake.photos.metadata_report import listed

    if found.traces:
        return f"{listed(tally(found.traces))}."
    if found.violations:
        return f"nothing that we know was found, but it is not proven clean: {words(found.violations)}."
    return "only the picture." if found.violations == [] else "nothing that we know was found."
