"""Tasks that the sandboxed child runs on one photo, and the call that runs them there."""

import warnings
from dataclasses import fields
from functools import cache
from typing import Any

from intake import sandbox
from intake.photos import identify, inspect, pictures, removed, render
from intake.photos.inspect import origin
from intake.photos.notes import Notes
from intake.photos.pictures.directories import MAX_COUNTED
from intake.photos.refusal import REASONS, PhotoRefused
from intake.sandbox.limits import Limits
from intake.sandbox.refusal import Refused

_COPIES = ("full", "web", "thumb")


@cache
def prepare() -> None:
    """Load libmagic and the codecs in the parent, so that the forked child has them in memory."""
    identify.libmagic_version()
    render.prepare()


def run(task: sandbox.ChildTask, data: bytes, *, limits: Limits | None = None) -> sandbox.Answer:
    """Run a task on a photo in the sandbox and return its answer. Raises PhotoRefused.

    Raises OSError if no child can be started.
    """
    prepare()
    try:
        return sandbox.run(task, data, limits=limits)
    except Refused as refused:
        reason = refused.reason if refused.reason in REASONS else "damaged"
        raise PhotoRefused(reason, refused.detail, _notes(refused)) from None


def _notes(refused: Refused) -> Notes:
    """Notes of a refusal in the child, whose only way to send a number is the detail."""
    if refused.reason == "too_many_pages" and refused.detail.isascii() and refused.detail.isdigit():
        return {"pages": min(int(refused.detail), MAX_COUNTED)}
    return {}


def clean(
    data: bytes, *, page: int = 1, max_pages: int | None = None, max_side: int | None = None
) -> tuple[dict[str, Any], list[bytes]]:
    """Identify, inspect and render a photo. Returns CleanPhoto's fields as a JSON-able header, and the copies as
    blobs. `max_side` is the maximum length of the full copy's longer side in pixels, or None.
    """
    # If the parent turns warnings into errors, a codec's warning must not refuse a photo.
    warnings.simplefilter("ignore")
    format_in = identify.identify(data)
    main = pictures.choose(data, format_in, page=page, max_pages=max_pages)
    carried = inspect.count(data, format_in)
    if format_in != main.format_in:
        carried += inspect.count(main.data, main.format_in)
    rendered = render.render(main, max_side)
    # Blocks that the rendered file has, too, do not count as removed.
    left = inspect.count(rendered.full, rendered.format)
    header = {
        field.name: getattr(rendered, field.name) for field in fields(rendered) if field.name not in _COPIES
    }
    header |= {
        "format_in": format_in,
        "removed": removed.summarize(carried - left),
        "notes": main.notes | rendered.notes | origin.note(data, format_in),
    }
    return header, [rendered.full, rendered.web, rendered.thumb]


def traces(data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """Identify and inspect a photo. Returns kind, name and amount of each piece of metadata (`Trace`), and notes.

    The blobs are the first bytes of the values.
    """
    format_in = identify.identify(data)
    found = list(inspect.inspect(data, format_in))
    values = [trace.value.encode() if isinstance(trace.value, str) else trace.value for trace in found]
    told = [(trace.kind, trace.name, trace.amount) for trace in found]
    header = {"traces": told, "notes": origin.note(data, format_in)}
    return header, [value[:VALUE_BYTES] for value in values]


VALUE_BYTES = 800
"""Maximum bytes of a metadata value. This is enough for the 200 characters that are printed."""
