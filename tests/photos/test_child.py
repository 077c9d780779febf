import json
import warnings

import pytest

from intake.photos import PhotoRefused, child, sandboxed
from intake.photos.limits import MAX_VALUE_BYTES
from tests.photos import made
from tests.sandbox import tasks


def test_cleans_into_a_header_and_three_copies() -> None:
    child.prepare()
    with warnings.catch_warnings():
        header, blobs = child.clean(made.jpeg_with_gps(640, 480, "SECRET", orientation=6))
    assert json.loads(json.dumps(header)) == header
    assert (header["format"], header["format_in"], header["width"], header["height"]) == (
        "jpeg",
        "jpeg",
        480,
        640,
    )
    assert header["removed"]["position"] == "one"
    assert len(blobs) == 3


def test_traces_come_with_the_start_of_their_values() -> None:
    child.prepare()
    header, values = child.traces(made.encoded(made.scene(), "JPEG", comment=b"x" * 5000))
    assert header == {"traces": [{"kind": "comment", "name": "JPEG comment", "amount": 1}], "notes": {}}
    assert values == [b"x" * MAX_VALUE_BYTES]


def test_a_reason_nobody_knows_is_damage() -> None:
    with pytest.raises(PhotoRefused) as refused:
        sandboxed.run(tasks.task_of(tasks.refuse), b"", reason="because", detail="x")
    assert (refused.value.reason, refused.value.detail) == ("damaged", "x")
