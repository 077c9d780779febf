import pytest

from intake.documents import tree
from intake.documents.refusal import DocumentRefused


def refusal(data: bytes) -> str:
    with pytest.raises(DocumentRefused) as refused:
        tree.parse(data)
    return refused.value.reason


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE a><a/>",
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a><a/>'.encode("utf-16"),
        b"<a>&b;</a>",
        b"<a>",
        b"",
        b"<a>\x00</a>",
        b"<a>" * 200 + b"</a>" * 200,
        b"<a><b></a></b>",
        b'<?xml version="1.0" encoding="cp037"?><a>\xff</a>',
        b"\xff\xfe",
    ],
)
def test_unsafe_and_malformed_parts_are_refused(data: bytes) -> None:
    assert refusal(data) == "damaged"


def test_large_parts_are_refused_before_they_are_parsed() -> None:
    assert refusal(b"<a>" + b"<b/>" * tree.MAX_TAGS + b"</a>") == "too_big"
    assert refusal(b"<a>" + b" " * tree.MAX_BYTES + b"</a>") == "too_big"
    assert refusal(b"<a " + b'b="" ' * (tree.MAX_ATTRIBUTES + 1) + b"/>") == "too_big"


def test_the_encodings_of_the_standard_are_read() -> None:
    for data in (
        "<a>ә漢</a>".encode(),
        "\ufeff<a>ә漢</a>".encode(),
        '<?xml version="1.0" encoding="UTF-16"?><a>ә漢</a>'.encode("utf-16"),
    ):
        assert tree.parse(data).text == "ә漢"


def test_comments_are_left_out() -> None:
    root = tree.parse(b"<a>b<!-- LEAK --><?leak LEAK?>c</a>")
    assert (root.text, len(root)) == ("bc", 0)
