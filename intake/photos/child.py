"""Tasks that the sandboxed child runs on one photo."""

import warnings
from dataclasses import fields
from typing import Any

from intake.photos import identify, inspect, pictures, removed, render
from intake.photos.inspect import origin
from intake.photos.limits import MAX_NAME_LENGTH, MAX_VALUE_BYTES

_COPIES = ("full", "web", "thumb")


def prepare() -> None:
    """Load libmagic and the codecs once, so that each forked child has them in memory."""
    identify.libmagic_version()
    render.prepare()


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
    # Metadata blocks that the rendered file contains, too, do not count as removed.
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
    told = [
        {"kind": trace.kind, "name": trace.name[:MAX_NAME_LENGTH], "amount": trace.amount} for trace in found
    ]
    header = {"traces": told, "notes": origin.note(data, format_in)}
    return header, [value[:MAX_VALUE_BYTES] for value in values]
