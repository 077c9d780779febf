import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.text.display import render
from intake.text.html import links

KEPT = [
    "https://example.org/",
    "http://example.org:8080/a%20b?c=d&e=f#g",
    "https://[2001:db8::1]/",
    "https://пример.рф/путь",
    "mailto:editor@example.org",
]
REFUSED = [
    "javascript:alert(1)", "javascript:123", "data:1", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "ftp://a.b/",
    "//evil.example", "/\\evil.example", "https:evil.example", "http:/evil.example", "http:///evil.example", "/relative",
    "#anchor", "", "https://", "https://user@evil.example/", "https://user:pw@evil.example", "http://a\\b.example/",
    "http://a b.example", "mailto:", "mailto:a", "mailto:a@b,c@d", "java\nscript:alert(1)", "http://exa<mple",
]  # fmt: skip
CHANGED = {
    " https://example.org/\n": "https://example.org/",
    "HTTPS://example.org/": "https://example.org/",
    "https://example.org/?utm_source=x&a=1&fbclid=y&UTM_medium=z": "https://example.org/?a=1",
    "https://example.org/?gclid=1": "https://example.org/",
    "https://example.org/a#:~:text=secret": "https://example.org/a",
    "https://example.org/a#b:~:text=secret": "https://example.org/a#b",
    "https://youtu.be/x?si=me&t=1": "https://youtu.be/x?t=1",
    "https://example.org/?si=1": "https://example.org/?si=1",
    "https://www.google.com/url?q=https://example.org/%3Fa%3D1&sa=D&usg=x": "https://example.org/?a=1",
    "https://www.google.co.uk/url?url=https%3A%2F%2Fexample.org": "https://example.org",
    "https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2F%3Ffbclid%3D1&h=x": "https://example.org/",
    "https://x.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org&data=me%40there": "https://example.org",
    "mailto:a@example.org?bcc=b@example.org": "mailto:a@example.org",
    "https://example.org/a b\"<>'": "https://example.org/a%20b%22%3C%3E%27",
    "https://Example.ORG:443/%61/%2f?b=%7e": "https://example.org/a/%2F?b=~",
    "http://example.org:80": "http://example.org",
    "https://exam\u200bple.org/\u202e": "https://example.org/",
}

SAFELINK = "https://eur01.safelinks.protection.outlook.com/"


@pytest.mark.parametrize("href", KEPT)
def test_absolute_addresses_are_kept(href: str) -> None:
    assert links.clean(href) == href


@pytest.mark.parametrize("href", REFUSED)
def test_others_are_refused(href: str) -> None:
    assert links.clean(href) is None


@pytest.mark.parametrize(("href", "expected"), CHANGED.items())
def test_trackers_and_wrappers_are_taken_off(href: str, expected: str) -> None:
    assert links.clean(href) == expected


@pytest.mark.parametrize(
    "wrapped", ["javascript:alert(1)", "data%3Atext%2Fhtml", "https%3A%2F%2Fuser%40evil.example", "file:///a"]
)
def test_a_wrapped_unsafe_address_is_refused(wrapped: str) -> None:
    assert links.clean(f"https://www.google.com/url?q={wrapped}") is None


def test_a_stored_address_stays_safe_when_a_new_rule_would_drop_a_part_of_it() -> None:
    stored = "https://example.org/?utm_source=x"
    assert links.clean(stored) != stored
    assert links.is_safe(stored)
    assert 'href="https://example.org/?utm_source=x"' in render(f'<p><a href="{stored}">a</a></p>')


@pytest.mark.parametrize(
    "href",
    [
        *REFUSED,
        "HTTPS://example.org/",
        "https://exam\u200bple.org/",
        "https://example.org/<",
        "mailto:a@b.example?bcc=c@d.example",
    ],
)
def test_unsafe_addresses_are_told(href: str) -> None:
    assert not links.is_safe(href)


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://example.org/", False),
        (" https://example.org/#", False),
        ("https://example.org/?fbclid=1", True),
        ("javascript:x", False),
    ],
)
def test_tracked_addresses_are_told(href: str, *, expected: bool) -> None:
    assert links.is_tracked(href) is expected


@given(
    st.text(max_size=60)
    | st.text("htps:/.@?&=#[]%\\ aG\u200b\n~utm_", max_size=60).map(lambda rest: "https://" + rest)
)
def test_cleaning_twice_changes_nothing(raw: str) -> None:
    once = links.clean(raw)
    assert once is None or (links.clean(once) == once and links.is_safe(once))


@pytest.mark.parametrize(
    ("shown", "href", "expected"),
    [
        ("www.example.org", "https://example.org/x", False),
        ("bank.example", "https://evil.example/", True),
        ("https://bank.example/login", "https://evil.example/", True),
        ("read more", "https://evil.example/", False),
        ("3.5", "https://example.org/", False),
        (f"{SAFELINK}?url=https%3A%2F%2Fexample.org%2Fa&data=x", "https://example.org/a", False),
        (f"{SAFELINK}?url=https%3A%2F%2Fexam…", "https://example.org/a", False),
        (f"{SAFELINK}?url=https%3A%2F%2Fexample.o...", "https://example.org/a", False),
        (f"{SAFELINK}?ur", "https://example.org/a", False),
        (f"{SAFELINK}?url=https%3A%2F%2Fbank.example%2Fa", "https://evil.example/", True),
        ("www.google.com", "https://evil.example/", True),
        ("https://bank.example/?utm_source=x", "https://evil.example/", True),
    ],
)
def test_disguised(shown: str, href: str, *, expected: bool) -> None:
    assert links.disguised(shown, href) is expected
