"""Hostile photos among good ones: the good ones reach the desk, and the worker survives."""

import random
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from intake.models import Photo, Submission
from intake.photos import REASONS
from intake.storage import Disk
from tests.corpus.photos import files
from tests.photos import made
from tests.waiting import until
from tests.whole import Whole

pytestmark = pytest.mark.slow

GOOD, HOSTILE, TOGETHER = 200, 200, 20
"""Number of photos of each kind, and photos per submission."""
LARGEST = 1 << 20


def test_every_good_photo_reaches_the_desk_and_the_worker_never_dies(whole: Whole, engine: Engine) -> None:
    workers = until(lambda: whole.pids("worker"), 30)
    _send(whole)
    until(lambda: not _in_state(engine, "received"), 240)
    refused = _in_state(engine, "refused")
    clean = _in_state(engine, "clean")
    # Good photos have odd positions.
    assert sum(position % 2 for position, _ in clean) == GOOD
    assert not [position for position, _ in refused if position % 2]
    assert len(clean) + len(refused) == GOOD + HOSTILE
    assert all(REASONS[reason or ""] for _, reason in refused)
    assert len(list(Disk(whole.settings.files_dir).listing("clean"))) == 3 * len(clean)
    assert whole.pids("worker")[: len(workers)] == workers
    print(f"\n{len(clean)} clean, {len(refused)} refused, {len(_in_review(engine))} submissions in review")
    until(lambda: len(_in_review(engine)) == (GOOD + HOSTILE) // TOGETHER, 30)


def test_what_is_called_hostile_is_many_kinds_of_it() -> None:
    assert len({bytes(photo[:64]) for photo in hostile()}) > 10
    assert len(hostile()) == HOSTILE


def _send(whole: Whole) -> None:
    good, bad = [made.jpeg_with_gps(64 + n, 48, f"CNRY{n}") for n in range(GOOD)], hostile()
    mixed = [photo for pair in zip(good, bad, strict=True) for photo in pair]
    loads = [mixed[at : at + TOGETHER] for at in range(0, len(mixed), TOGETHER)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda load: whole.submit("Among others", photos=load), loads))


def hostile() -> list[bytes]:
    """HOSTILE bad photos: from the corpus if it is present, then decompression bombs and photos damaged at random."""
    found = [path.read_bytes() for path in files("hostile") if 0 < path.stat().st_size <= LARGEST]
    chance = random.Random(7)
    ours = [_torn(chance, photo) for photo in _drawn() for _ in range(HOSTILE // len(_drawn()) + 1)]
    chance.shuffle(ours)
    return [*found, *_bombs(), *ours][:HOSTILE]


def _drawn() -> list[bytes]:
    small = made.scene(64, 48)
    return [made.encoded(small, name) for name in ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF")]


def _torn(chance: random.Random, photo: bytes) -> bytes:
    """Truncated photo, photo with holes, or photo with an appended program."""
    way = chance.randrange(3)
    if way == 0:
        return photo[: chance.randint(16, len(photo) - 1)]
    if way == 1:
        holes = bytearray(photo)
        for _ in range(40):
            holes[chance.randrange(12, len(holes))] = chance.randrange(256)
        return bytes(holes)
    return photo + b"PK\3\4<script>alert(1)</script>%PDF-1.7\n" + chance.randbytes(200)


def _bombs() -> list[bytes]:
    packed = made.chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(20_000_000)))
    plain = made.encoded(made.scene(64, 48), "PNG")
    endless = (
        b"II*\0\x08\0\0\0" + struct.pack("<H", 1) + struct.pack("<HHII", 0x8769, 4, 1, 8) + b"\x08\0\0\0"
    )
    junk = [b"\xff\xd8\xff" + bytes(500), b"GIF89a" + b"\xff" * 500, b"MZ" + bytes(500), b"%PDF-1.7\n" * 50]
    gif = b"GIF89a\xff\xff\xff\xff\x80\0\0" + bytes(6) + b",\0\0\0\0\xff\xff\xff\xff\0\x02\x02D\x01\0;"
    sized = [made.png_header_only(50_000, 50_000), made.png_header_only(7_000, 7_000), gif]
    return [*junk, *sized, plain[:33] + packed * 30 + plain[33:], made.many_scans(8_000), endless]


def _in_state(engine: Engine, status: str) -> list[tuple[int, str | None]]:
    """Position and reason of photos in this state."""
    with Session(engine) as session:
        rows = session.execute(select(Photo.position, Photo.reason).where(Photo.status == status))
        return [(position, reason) for position, reason in rows]


def _in_review(engine: Engine) -> list[str]:
    with Session(engine) as session:
        return list(session.scalars(select(Submission.status).where(Submission.status == "in_review")))
