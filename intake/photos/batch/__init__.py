"""Cleaning and inspection of many files for the command line. An error in one file does not stop the run."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from functools import partial
from typing import Any, NamedTuple

from intake.photos import CleanPhoto, clean_photo
from intake.photos.batch import copies, files, reports
from intake.photos.batch.copies import CopyFolder
from intake.photos.batch.walk import Found
from intake.photos.refusal import PhotoRefused


class Attempt(NamedTuple):
    """Report on a page of a file, and its photo if it was cleaned. The copies are not yet written."""

    report: dict[str, Any]
    photo: CleanPhoto | None = None


def clean_files(
    pool: Executor,
    found: Iterable[Found],
    output: CopyFolder,
    *,
    ahead: int = 4,
    max_side: int | None = None,
) -> Iterator[dict[str, Any]]:
    """Clean files and write their copies. Yields the reports (`reports.report`) in order, one for each page.

    At most twice `ahead` pages are cleaned before their turn, because their copies wait in memory. `max_side` is that
    of `clean_photo`.
    """
    clean = partial(clean_page, max_side=max_side)
    for file, first in _in_order(pool, clean, ((file, 1) for file in found), ahead):
        yield _written(file, first, output)
        pages = ((file, page) for page in range(2, _count_pages(first) + 1))
        for _, further in _in_order(pool, clean, pages, ahead):
            yield _written(file, further, output)


def _in_order(
    pool: Executor, clean: Callable[[Found, int], Attempt], pages: Iterable[tuple[Found, int]], ahead: int
) -> Iterator[tuple[Found, Attempt]]:
    """Clean pages of files at the same time. Yields each file and its attempt, in order."""
    waiting: deque[tuple[Found, Future[Attempt]]] = deque()
    try:
        for file, page in pages:
            waiting.append((file, pool.submit(clean, file, page)))
            if len(waiting) > ahead:
                yield _result(*waiting.popleft())
        while waiting:
            yield _result(*waiting.popleft())
    finally:
        # On Ctrl-C, cancel the pages whose cleaning has not started.
        for _, future in waiting:
            future.cancel()


def _result(file: Found, future: "Future[Attempt]") -> tuple[Found, Attempt]:
    return file, future.result()


def _count_pages(first: Attempt) -> int:
    """Number of pages of a file, by the note on its first page."""
    if first.photo is None or "page" not in first.photo.notes:
        return 1
    number: int = first.photo.notes["page"][1]
    return number


def clean_page(found: Found, page: int = 1, *, max_side: int | None = None) -> Attempt:
    """Read a file and clean one of its pages. Writes nothing."""
    started = time.monotonic()
    path = found.path
    if found.reason:
        return Attempt(reports.left_out(path, found.reason, found.sentence))
    try:
        data = files.read(path)
        if copies.is_copy(path, data):
            return Attempt(reports.left_out(path, "already_clean"))
        photo = _cleaned(data, page, max_side)
    except (files.FileTrouble, PhotoRefused) as error:
        return Attempt(reports.failed(path, error, ms=_since(started)))
    return Attempt(reports.cleaned(path, photo, ms=_since(started)), photo)


def _cleaned(data: bytes, page: int, max_side: int | None) -> CleanPhoto:
    try:
        return clean_photo(data, page=page, max_side=max_side)
    except OSError:
        # No child could be started. This may be temporary, so the run goes on with the next file.
        raise PhotoRefused("could_not_be_processed") from None


def _since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)


def _written(found: Found, attempt: Attempt, output: CopyFolder) -> dict[str, Any]:
    """Write the copies of a clean photo, unless an earlier run has written them. Returns the final report."""
    report, photo = attempt
    if photo is None:
        return report
    earlier = output.earlier(photo, found.path)
    if earlier is not None:
        told = {"outputs": earlier, "notes": photo.notes}
        return reports.left_out(found.path, "already_cleaned", ms=report["ms"]) | told
    try:
        return report | {"outputs": output.write(photo, found.path)}
    except files.FileTrouble as trouble:
        return reports.left_out(found.path, "unwritten", str(trouble), ms=report["ms"])
