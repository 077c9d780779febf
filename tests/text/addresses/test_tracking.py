import pytest

from intake.text.addresses import tracking
from intake.text.addresses.parts import parse

DROPPED = {
    "https://example.org/?utm_source=x&a=1&fbclid=y&UTM_medium=z": "https://example.org/?a=1",
    "https://example.org/?ut%6D_source=x": "https://example.org/",
    "https://example.org/?a=1&amp;utm_source=x": "https://example.org/?a=1",
    "https://example.org/?utm_source=x&amp;a=1": "https://example.org/?a=1",
    "https://example.org/?mc_eid=x&mkt_tok=y&gclid=z&_hsenc=a": "https://example.org/",
    "https://example.org/?email=aigul%40example.kz&id=1": "https://example.org/?id=1",
    "https://example.org/a#utm_source=rss": "https://example.org/a",
    "https://example.org/a#/page?utm_source=rss&b=1": "https://example.org/a#/page?b=1",
    "https://example.org/a#b:~:text=secret": "https://example.org/a#b",
    "https://example.org/a;jsessionid=A1B2?b=1": "https://example.org/a?b=1",
    "https://docs.google.com/document/d/1/edit?usp=sharing&ouid=1&resourcekey=0-x&rtpof=true&sd=true": (
        "https://docs.google.com/document/d/1/edit?resourcekey=0-x"
    ),
    "https://forum.example/t.php?t=1&sid=0123456789abcdef0123456789abcdef": "https://forum.example/t.php?t=1",
    "https://weibo.com/1/a?wvr=6&mod=weibotime": "https://weibo.com/1/a",
    "https://www.tiktok.com/@a/video/1?sec_user_id=x&_t=1&_r=1&share_author_id=2": "https://www.tiktok.com/@a/video/1",
    "https://www.facebook.com/share/p/1/?rdid=a&share_url=https%3A%2F%2Fwww": "https://www.facebook.com/share/p/1/",
    "https://www.facebook.com/a?__cft__%5B0%5D=x&__tn__=y&id=1": "https://www.facebook.com/a?id=1",
    "https://www.reddit.com/r/a/comments/1/x/?share_id=a": "https://www.reddit.com/r/a/comments/1/x/",
    "https://www.linkedin.com/posts/a?utm_source=share&rcm=ACoA": "https://www.linkedin.com/posts/a",
    "https://youtu.be/x?si=1&t=5": "https://youtu.be/x?t=5",
    "https://open.spotify.com/track/1?si=1": "https://open.spotify.com/track/1",
    "https://www.instagram.com/p/1/?igsh=x&img_index=2": "https://www.instagram.com/p/1/?img_index=2",
    "https://x.com/a/status/1?s=20&t=abc": "https://x.com/a/status/1",
    "https://www.bbc.co.uk/news/1?ns_campaign=x&at_medium=y": "https://www.bbc.co.uk/news/1",
    "https://www.amazon.co.uk/dp/B01/ref=sr_1_1?qid=1": "https://www.amazon.co.uk/dp/B01",
    "https://www.google.de/search?q=a&ei=b&sca_esv=c": "https://www.google.de/search?q=a",
}
KEPT = [
    "https://www.youtube.com/watch?v=a&list=b&t=1",
    "https://www.facebook.com/story.php?story_fbid=1&id=2",
    "https://example.org/?si=1&s=2&t=3&ref=4&from=5&share_id=6",
    "https://example.org/?q=a&p=2&page=3&id=4&lang=kk&email=1",
    "https://docs.google.com/spreadsheets/d/1/edit?resourcekey=0-x#gid=2",
    "https://example.org/?",
    "https://example.org/a?&&b#c=d",
    "https://example.org/ref=a;b=c",
    "https://glavnoe.life/?utm=1",
]


def _dropped(address: str) -> str:
    parsed = parse(address)
    assert parsed is not None
    return str(tracking.dropped(parsed))


@pytest.mark.parametrize(("address", "expected"), DROPPED.items())
def test_marks_of_a_reader_are_dropped(address: str, expected: str) -> None:
    assert _dropped(address) == expected
    assert _dropped(expected) == expected


@pytest.mark.parametrize("address", KEPT)
def test_what_a_page_needs_stays(address: str) -> None:
    assert _dropped(address) == address


def test_a_rule_that_breaks_a_host_is_not_used_there() -> None:
    assert _dropped("https://example.org/?cmpid=1") == "https://example.org/"
    assert _dropped("https://cleviationly.com/?cmpid=1") == "https://cleviationly.com/?cmpid=1"


def test_rules_are_loaded_once() -> None:
    tracking.prepare()
    assert tracking._rules() is tracking._rules()
