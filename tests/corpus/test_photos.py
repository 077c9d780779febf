"""Real photos, photos with planted metadata, and hostile files, from other sources. Skipped if the corpus is missing."""

import csv
import multiprocessing
import os
import resource
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from intake.photos import CleanPhoto, PhotoRefused, clean_photo
from tests.corpus.photos import corpus, files
from tests.photos import exiftool
from tests.photos.planted import spellings
from tests.sandbox import family

CHUNKS = 8
"""Number of parts into which the real files are split, so that pytest-xdist can run them in parallel."""
MOST_REFUSED = 12
"""Maximum number of real files that are refused: damaged ones, and rare codings (float TIFF, uncompressed HEIF)."""
MOST_MEMORY_KB = 700 * 1024

MARK = "CNRY"
"""Text that is planted in the metadata of all canary photos."""

PHOTOS = corpus()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        PHOTOS is None, reason="THE CORPUS IS MISSING: set TRANSOM_CORPUS to test on real photos"
    ),
]


def clean_or_refusal(file: Path) -> CleanPhoto | str:
    try:
        return clean_photo(file.read_bytes())
    except PhotoRefused as refusal:
        return refusal.reason


def write(cleaned: CleanPhoto, folder: Path, stem: str) -> list[Path]:
    paths = []
    for name in ("full", "web", "thumb"):
        paths.append(folder / f"{stem}.{name}.{cleaned.format}")
        paths[-1].write_bytes(getattr(cleaned, name))
    return paths


@pytest.mark.parametrize("part", range(CHUNKS))
def test_real_photos_are_cleaned_or_refused(part: int, tmp_path: Path) -> None:
    written, refused = [], Counter[str]()
    mine = files("real")[part::CHUNKS]
    for file in mine:
        outcome = clean_or_refusal(file)
        if isinstance(outcome, str):
            refused[outcome] += 1
        else:
            written += write(outcome, tmp_path, file.name)
    assert set(refused) <= {"damaged"}
    assert refused.total() <= MOST_REFUSED
    assert len(written) == 3 * (len(mine) - refused.total())
    if not exiftool.MISSING:
        assert exiftool.findings(written) == []


def test_real_photos_that_carry_a_position_are_known_to() -> None:
    """Everything that the manifest lists is reported as removed."""
    assert PHOTOS is not None
    with (PHOTOS / "real" / "manifest.csv").open() as table:
        rows = [
            row for row in csv.DictReader(table) if row["format"] == "JPEG" and int(row["gps_tags"] or 0) > 1
        ]
    for row in rows[::6]:
        outcome = clean_or_refusal(PHOTOS / "real" / row["file"])
        assert isinstance(outcome, str) or outcome.removed.get("position"), row["file"]


def test_nothing_planted_comes_through(tmp_path: Path) -> None:
    written = []
    for file in files("canary"):
        outcome = clean_or_refusal(file)
        assert not isinstance(outcome, str), file.name
        assert outcome.removed, file.name
        written += write(outcome, tmp_path, file.name)
    for path in written:
        assert not spellings(path.read_bytes(), MARK), path.name
    if not exiftool.MISSING:
        assert exiftool.findings(written) == []


def test_the_mark_would_be_found() -> None:
    assert all(spellings(file.read_bytes(), MARK) for file in files("canary"))


@pytest.mark.parametrize("part", range(4))
def test_hostile_files_end_in_a_refusal_or_a_clean_picture(part: int) -> None:
    # Measured in a fresh process, because the memory of pytest's process and its other children would be counted, too.
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as fresh:
        reasons, peak_kb = fresh.submit(met, files("hostile")[part::4]).result()
    # No file may run into the limits of time or memory: each is recognized before it costs much.
    assert not {"too_slow", "too_much_memory"} & reasons.keys(), reasons
    assert 0 < peak_kb < MOST_MEMORY_KB


def met(hostile: list[Path]) -> tuple[dict[str, list[str]], int]:
    """Clean files. Returns {reason of a refusal: names of files}, and the peak memory of a child process in KB."""
    before = os.getpid()
    reasons: dict[str, list[str]] = {}
    for file in hostile:
        outcome = clean_or_refusal(file)
        if isinstance(outcome, str):
            reasons.setdefault(outcome, []).append(file.name)
    assert os.getpid() == before
    family.end()
    return reasons, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
