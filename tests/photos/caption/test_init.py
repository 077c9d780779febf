import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.photos.caption import CaptionCredit, embed
from intake.photos.inspect import inspect
from intake.photos.verify import verify
from tests.photos import exiftool
from tests.photos.made import encoded, opened, scene

KINDS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "jpeg": ("JPEG", "RGB", {}),
    "jpeg grey": ("JPEG", "L", {}),
    "png": ("PNG", "RGB", {}),
    "webp": ("WEBP", "RGB", {}),
    "webp lossless": ("WEBP", "RGBA", {"lossless": True}),
    "webp see-through": ("WEBP", "RGBA", {}),
    "gif": ("GIF", "P", {}),
}
SAID = CaptionCredit(caption="Ол түні келді: <«есік»> & 门被打破了. كسروا الباب", credit="Ә. Нұрбекова")
WRITTEN = {"XMP-dc:Description": SAID.caption, "XMP-dc:Creator": SAID.credit}
IPTC = {
    "IPTC:CodedCharacterSet": "UTF8",
    "IPTC:ApplicationRecordVersion": 4,
    "IPTC:By-line": SAID.credit,
    "IPTC:Caption-Abstract": SAID.caption,
}


def drawn(kind: str, width: int = 321, height: int = 239) -> bytes:
    name, mode, how = KINDS[kind]
    picture = scene(width, height, "RGB").convert(mode)
    if mode == "RGBA":
        picture.putalpha(scene(width, height, "L"))
    return encoded(picture, name, **how)


def moving(name: str) -> bytes:
    frames = [scene(40, 30).rotate(90 * i) for i in range(3)]
    return encoded(frames[0], name, save_all=True, append_images=frames[1:], duration=80, loop=0)


# ExifTool computes this checksum of the block; the file does not contain it.
COMPUTED = "File:CurrentIPTCDigest"
FILES = {**{kind: drawn(kind) for kind in KINDS}, "webp moving": moving("WEBP"), "gif moving": moving("GIF")}


def told(path: Path) -> dict[str, Any]:
    """Tags that ExifTool finds beyond the pixel layout, with their values."""
    more = {found.partition(": ")[2] for found in exiftool.findings([path])}
    command = ["exiftool", "-json", "-a", "-G1", "-s", str(path)]
    everything = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)[0]
    return {tag: everything[tag] for tag in more - {COMPUTED}}


@pytest.fixture(params=FILES)
def kind(request: pytest.FixtureRequest) -> Iterator[str]:
    return request.param  # type: ignore[no-any-return]


@exiftool.needed
def test_exiftool_finds_the_two_words_and_nothing_else(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"photo.{kind.partition(' ')[0]}"
    path.write_bytes(embed(FILES[kind], kind.partition(" ")[0], SAID))
    assert told(path) == (WRITTEN | IPTC if kind.startswith("jpeg") else WRITTEN)
    valid = subprocess.run(
        ["exiftool", "-validate", "-s3", str(path)], capture_output=True, text=True, check=True
    )
    assert valid.stdout.strip() == "OK"


def test_the_picture_is_the_same(kind: str) -> None:
    data = FILES[kind]
    written = embed(data, kind.partition(" ")[0], SAID)
    before, after = opened(data), opened(written)
    assert (after.size, after.mode, getattr(after, "n_frames", 1)) == (
        before.size,
        before.mode,
        getattr(before, "n_frames", 1),
    )
    for frame in range(getattr(before, "n_frames", 1)):
        before.seek(frame)
        after.seek(frame)
        assert after.convert("RGBA").tobytes() == before.convert("RGBA").tobytes()
    assert after.info.get("loop") == before.info.get("loop")


def test_without_the_two_words_the_proof_holds_again(kind: str) -> None:
    """`verify` and `inspect` are independent of this code. They object to the added blocks, and to nothing else."""
    format_ = kind.partition(" ")[0]
    assert verify(FILES[kind]) == []
    assert verify(embed(FILES[kind], format_, SAID))
    found = {trace.name for trace in inspect(embed(FILES[kind], format_, SAID), format_)}
    assert {one for one in found if one.startswith("XMP")} == {"XMP dc:description", "XMP dc:creator"}


@pytest.mark.parametrize("words", [CaptionCredit("", ""), CaptionCredit.of(None, None)])
def test_where_there_are_no_words_nothing_is_written(kind: str, words: CaptionCredit) -> None:
    assert embed(FILES[kind], kind.partition(" ")[0], words) is FILES[kind]


@exiftool.needed
@pytest.mark.parametrize(
    ("words", "tags"), [(CaptionCredit("A door", ""), 2), (CaptionCredit("", "A. N."), 2)]
)
def test_one_word_without_the_other(words: CaptionCredit, tags: int, tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(embed(FILES["jpeg"], "jpeg", words))
    assert len(told(path)) == tags + 2


@exiftool.needed
@pytest.mark.parametrize("sign", ["x", "ө", "江", "𐐷"])
def test_what_is_too_long_for_iptc_stands_whole_in_xmp(sign: str, tmp_path: Path) -> None:
    words = CaptionCredit.of(sign * 2500, sign * 40)
    path = tmp_path / "photo.jpg"
    path.write_bytes(embed(FILES["jpeg"], "jpeg", words))
    found = told(path)
    assert (found["XMP-dc:Description"], found["XMP-dc:Creator"]) == (words.caption, words.credit)
    short = found["IPTC:Caption-Abstract"]
    assert short.endswith("…")
    assert words.caption.startswith(short[:-1])
    assert 1990 < len(short.encode()) <= 2000
    assert "IPTC:By-line" not in found


def test_what_no_block_could_hold_is_cut() -> None:
    words = CaptionCredit.of("<" * 10**6, "&" * 10**6)
    for kind, data in FILES.items():
        opened(embed(data, kind.partition(" ")[0], words))


LINE = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=80)


@settings(max_examples=60)
@given(LINE, LINE, st.sampled_from(sorted(FILES)))
def test_any_text_leaves_a_file_that_opens(caption: str, credit: str, kind: str) -> None:
    data = embed(FILES[kind], kind.partition(" ")[0], CaptionCredit(caption, credit))
    assert opened(data).size == opened(FILES[kind]).size
