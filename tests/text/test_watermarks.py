"""Invisible watermarks: at most 3 of 32 bits survive cleaning, or the marked words are flagged for the editor."""

import re
from collections.abc import Callable
from html import escape
from random import Random

import pytest

from intake.text import clean_body, clean_line, flagged
from tests.text.watermarks import CHANNELS, Channel

BITS, PAYLOADS, MOST = 32, 24, 8
"""Bits of a watermark, number of watermarks, maximum number of different cleaned texts: 8 results carry 3 bits."""
GONE = {name: channel for name, channel in CHANNELS.items() if not channel.flag}
KEPT = {name: channel for name, channel in CHANNELS.items() if channel.flag}


def _marked(channel: Channel) -> list[str]:
    random = Random(13)
    return [channel.hide([random.random() < 0.5 for _ in range(BITS)]) for _ in range(PAYLOADS)]


def _html(text: str) -> str:
    return "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n"))


def _bold(text: str) -> str:
    """Make some letters bold, so that watermark characters are also at the borders of the runs of a paragraph."""
    bold = re.sub("[htйкهل窗字ᠤ]", r"<b>\g<0></b>", escape(text))
    return f"<p>{bold}</p>"


@pytest.mark.parametrize("channel", CHANNELS.values(), ids=CHANNELS)
def test_a_channel_has_room_for_the_bits(channel: Channel) -> None:
    assert channel.places() >= BITS
    assert len(set(_marked(channel))) == PAYLOADS


@pytest.mark.parametrize("channel", GONE.values(), ids=GONE)
def test_plain_text_carries_nothing(channel: Channel) -> None:
    cleaned = [clean_body(text, format="plain") for text in _marked(channel)]
    assert len({found.html for found in cleaned}) <= MOST
    assert len({found.text for found in cleaned}) <= MOST


@pytest.mark.parametrize("channel", GONE.values(), ids=GONE)
@pytest.mark.parametrize("write", [_html, _bold])
def test_html_carries_nothing(channel: Channel, write: Callable[[str], str]) -> None:
    cleaned = [clean_body(write(text), format="html") for text in _marked(channel)]
    # Cleaned HTML keeps newlines, which browsers show as spaces. The text made from the HTML has no such newlines.
    assert len({found.html.replace("\n", " ") for found in cleaned}) <= MOST
    assert len({found.text for found in cleaned}) <= MOST
    assert not any(found.fallback for found in cleaned)


@pytest.mark.parametrize("channel", GONE.values(), ids=GONE)
def test_a_line_carries_nothing(channel: Channel) -> None:
    assert len({clean_line(text) for text in _marked(channel)}) <= MOST


@pytest.mark.parametrize("channel", KEPT.values(), ids=KEPT)
def test_marks_that_some_readers_see_are_flagged_with_their_words(channel: Channel) -> None:
    sign = channel.one.replace(r"\g<0>", "")
    for text in _marked(channel):
        cleaned = clean_body(text, format="plain")
        words = [passage.word for passage in flagged.find(cleaned.html) if passage.kind == channel.flag]
        assert words
        assert channel.flag in cleaned.flags
        assert cleaned.text.count(sign) == sum(word.count(sign) for word in words) > 0


@pytest.mark.parametrize("channel", CHANNELS.values(), ids=CHANNELS)
def test_cleaned_texts_are_settled(channel: Channel) -> None:
    for text in _marked(channel)[:2]:
        html = clean_body(text, format="plain").html
        assert clean_body(html, format="html").html == html
        bold = clean_body(_bold(text), format="html").html
        assert clean_body(bold, format="html").html == bold


def test_prose_without_a_mark_is_kept() -> None:
    for channel in CHANNELS.values():
        text = channel.text.rstrip()
        assert clean_body(text, format="plain").text == text
