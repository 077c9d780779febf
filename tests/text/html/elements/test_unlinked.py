import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.text.html.cleaning import clean
from intake.text.html.elements import unlinked


@pytest.mark.parametrize(
    ("href", "shown", "words"),
    [
        ("tel:+77010001122", "Call", "+77010001122"),
        ("tel:+7-701-000-11-22", "+7 (701) 000 11 22", ""),
        ("TEL:%2B7701", "Call", "+7701"),
        ("sms:+7701?body=x", "Write", "+7701"),
        ("magnet:?xt=urn:btih:aa", "file", "magnet:?xt=urn:btih:aa"),
        ("xmpp:a@b.example", "a@b.example", ""),
        ("sgnl://signal.me/#p/+7701", "Signal", "sgnl://signal.me/#p/+7701"),
        ("matrix:u/a:b.example", "us", "matrix:u/a:b.example"),
        ("//e.example/a?utm_source=x", "here", "e.example/a"),
        ("www.e.example", "here", "www.e.example"),
        ("//e.example", "E.example", ""),
        ("mailto:?subject=Report%20A&body=b", "write", "Report A"),
        ("mailto:a@e.example,b@e.example?subject=Hi", "write", "a@e.example, b@e.example: Hi"),
        ("javascript:alert(1)", "x", ""),
        ("JavaScript:alert(1)", "x", ""),
        ("file:///C:/Users/aigul/a.docx", "x", ""),
        ("data:text/html,x", "x", ""),
        ("blob:https://e.example/1", "x", ""),
        ("evernote:///view/1234/s1", "x", ""),
        ("https://name:word@e.example/", "x", ""),
        ("/a", "x", ""),
        ("\\\\server\\share", "x", ""),
        ("", "x", ""),
    ],
)
def test_words(href: str, shown: str, words: str) -> None:
    assert unlinked.words(href, shown) == words


def test_an_address_stands_beside_the_words_of_its_link() -> None:
    raw = '<p><a href="tel:+7701"><b>Call</b></a>, <a href="mailto:a@e.example,b@e.example?subject=Hi">write</a><a href="tel:+7702"><img></a></p>'
    html = "<p><strong>Call</strong> (+7701), write (a@e.example, b@e.example: Hi) +7702</p>"
    assert clean(raw).html == html
    assert clean(html).html == html


@given(st.text(max_size=40), st.text(max_size=20))
def test_any_address_can_be_told(href: str, shown: str) -> None:
    assert "\n" not in unlinked.words(href, shown)
