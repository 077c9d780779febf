from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st

from intake.text.addresses import cleaning, parts

TARGET = "https://example.org/a?b=1"


def _wrapped(times: int) -> str:
    address = TARGET
    for _ in range(times):
        address = f"https://l.facebook.com/l.php?u={quote(address, safe='')}&h=x"
    return address


def test_redirects_within_redirects_are_unwrapped() -> None:
    inner = quote(
        f"https://eur01.safelinks.protection.outlook.com/?url={quote(TARGET, safe='')}&data=x", safe=""
    )
    assert cleaning.clean(f"https://www.google.com/url?q={inner}") == TARGET
    assert cleaning.clean(_wrapped(cleaning.ROUNDS - 1)) == TARGET


def test_deeper_redirects_are_refused() -> None:
    assert cleaning.clean(_wrapped(cleaning.ROUNDS)) is None


def test_an_invisible_character_in_a_target_is_removed() -> None:
    assert (
        cleaning.clean("https://l.facebook.com/l.php?u=https%3A%2F%2Fexample%E2%80%8B.org")
        == "https://example.org"
    )


PIECES = st.sampled_from(
    [
        "https://", "http://", "www.google.com/url?q=", "href.li/?", "urldefense.com/v3/__", "__;", "!!a$", "urldefense.com/v2/url?u=",
        "l.facebook.com/l.php?u=", "www.google.com/amp/s/", "secure-web.cisco.com/1/", "a.b/", "?", "&", "#", "=", "%3A%2F%2F", "%",
        "utm_x=1", "fbclid", "amp;", "*", "**A", "Pw", ";jsessionid=1", "/ref=a", ":~:", "javascript:", "mailto:a@b.c", "é", ".", " ", "\u200b",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join).map("https://{}".format))
def test_cleaning_twice_changes_nothing(address: str) -> None:
    once = cleaning.clean(address)
    assert once is None or cleaning.clean(once) == once
    stored = once and parts.safe(once)
    assert not stored or parts.safe(cleaning.clean(stored) or "") == stored
