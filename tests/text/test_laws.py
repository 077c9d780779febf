"""What is true of every text, held against texts that were made to break it. script/fuzz text does it for longer."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.text import clean_body, clean_line
from tests.fuzz.text.grammar import written
from tests.text import laws

TEXTS = st.integers(0, 2**32).map(lambda seed: written(Random(seed)))
MANY = settings(max_examples=150, deadline=None)


@given(TEXTS)
@MANY
def test_plain_text(raw: str) -> None:
    assert laws.of_plain(raw, clean_body(raw, format="plain")) == []


@given(TEXTS)
@MANY
def test_html(raw: str) -> None:
    """What browsers see in markup that nobody writes, libxml2 may see otherwise: script/fuzz looks for that."""
    assert laws.of_any(clean_body(raw, format="html")) == []


@given(TEXTS)
@MANY
def test_lines(raw: str) -> None:
    assert laws.of_line(raw, clean_line(raw)) == []


@pytest.mark.parametrize("raw", ["a<b>b</b>", "می\u200cخواهم", "a\x85b", "<!-- a"])
def test_what_stands_in_a_paragraph_alone_is_seen(raw: str) -> None:
    escaped = raw.replace("&", "&amp;").replace("<", "&lt;")
    assert laws.of_escaped(raw, clean_body(f"<p>{escaped}</p>", format="html")) == []
