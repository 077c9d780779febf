"""`transom document`: clean a document by hand. Needs no server and no database."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from intake.documents.document import Document
    from intake.text import CleanText


@click.group()
def document() -> None:
    """Clean documents on the command line: .docx, .odt, .rtf, .txt and .md.

    Example: transom document clean story.docx
    """


@document.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--json", "as_json", is_flag=True, help="One object: html, text, removed, flags, pictures and more."
)
@click.option(
    "--pictures",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for cleaned copies of the pictures. It is created if it does not exist.",
)
@click.pass_context
def clean(context: click.Context, file: Path, *, as_json: bool, folder: Path | None) -> None:
    """Write the text of a document as safe HTML.

    Comments, deleted passages, hidden text and properties are left out. A mark such as [picture 1] stands for each
    picture.

    Exit code 1 if the document, or a picture in it, was refused.

    Example: transom document clean story.docx --pictures cleaned
    """
    from intake.documents import sandboxed
    from intake.documents.refusal import DocumentRefused
    from intake.photos.batch import files
    from intake.text import sandboxed as sandboxed_text

    try:
        data = files.read(file)
        if folder:
            files.make_folder(folder)
    except files.FileTrouble as trouble:
        raise click.ClickException(str(trouble)) from None
    try:
        found = sandboxed.read(data, file.name)
    except DocumentRefused as refusal:
        raise click.ClickException(f"{file}: {refusal.sentence}") from None
    cleaned = sandboxed_text.clean(found.html, format="html")
    reports = _clean_pictures(found, folder, file.stem) if folder else []
    click.echo(json.dumps(_facts(found, cleaned, reports), ensure_ascii=False) if as_json else cleaned.html)
    refused = [report for report in reports if report["status"] != "clean"]
    for report in refused:
        click.echo(f"{file}: picture {report['number']} was refused. {report['sentence']}", err=True)
    context.exit(1 if refused else 0)


def _clean_pictures(found: "Document", folder: Path, stem: str) -> list[dict[str, Any]]:
    """Write a clean copy of each picture to `folder`. Returns a report on each."""
    from intake.photos import clean_photo
    from intake.photos.batch.copies import SUFFIXES
    from intake.photos.refusal import PhotoRefused

    reports = []
    for number, picture in enumerate(found.pictures, 1):
        try:
            photo = clean_photo(picture.data)
        except PhotoRefused as refusal:
            reports.append({"number": number, "status": "refused", "sentence": refusal.sentence})
            continue
        output = folder / f"{stem}.{number}{SUFFIXES[photo.format]}"
        output.write_bytes(photo.full)
        reports.append({"number": number, "status": "clean", "output": str(output), "removed": photo.removed})
    return reports


def _facts(found: "Document", cleaned: "CleanText", reports: list[dict[str, Any]]) -> dict[str, Any]:
    """All facts for `--json`. `removed` adds up what the reader and the text cleaner removed."""
    names = "html", "text", "language", "words", "characters", "minutes", "flags", "fallback"
    return {name: getattr(cleaned, name) for name in names} | {
        "removed": dict(found.removed + type(found.removed)(cleaned.removed)),
        "notes": found.notes,
        "pictures": [{"number": n, "bytes": len(one.data)} for n, one in enumerate(found.pictures, 1)],
        "cleaned_pictures": reports,
    }
