import pytest

from tests.translations.page_text import findings
from tests.translations.pseudo import Pseudo, pseudo

WORDS = Pseudo()


@pytest.mark.parametrize(
    "message", ["The text", "Up to %(most)s photos, %(size)s MB each.", "A <strong>word</strong>"]
)
def test_a_message_is_marked_and_longer_and_keeps_its_placeholders(message: str) -> None:
    made = pseudo(message)
    assert made.startswith("[!! ")
    assert made.endswith(" !!]")
    assert len(made) > 1.3 * len(message)
    for part in ("%(most)s", "%(size)s", "<strong>", "</strong>"):
        assert (part in made) == (part in message)


def test_a_comma_stays() -> None:
    assert WORDS.gettext(", ") == ", "


T = pseudo


@pytest.mark.parametrize(
    "page",
    [
        f"<p>{T('One sentence.')} {T('Another.')}</p>",
        f"<p>{T('Removed: %(things)s.') % {'things': ', '.join(map(T, ('a date', 'the position')))}}</p>",
        f"<p>{T('Up to %(size)s at once.') % {'size': WORDS.gettext('%(number)s MB') % {'number': 5}}}</p>",
        f"<p><strong>{T('Photo %(n)s') % {'n': 3}}</strong> <span>{T('Cleaned')}</span></p>",
        f"<p>{T('You can <a>go</a>.')}</p>",
        f"<p>{T('%(field)s: %(problem)s') % {'field': T('Title'), 'problem': T('It is empty.')}}</p>",
        f"<p>{T('Photo 3: %(why)s') % {'why': T('It is empty.') + ' ' + T('Try again.')}}</p>",
        f"<p>{T('Arrived <time>%(at)s</time>.') % {'at': WORDS.gettext('just now')}}</p>",
        f"<title>{T('Title')} · The Lantern</title>",
        "<option>Қазақша</option><bdi>typed</bdi><h2 dir='auto'>typed</h2><textarea>typed</textarea>",
        f"<li>{T('Photo')}</li><li>{T('Text')}</li>",
    ],
    ids=["sentences", "list", "size", "elements", "tags", "field", "reason", "time", "title", "names", "items"],
)  # fmt: skip
def test_translated_pages_have_no_findings(page: str) -> None:
    assert findings(page, names=frozenset({"The Lantern"})) == []


@pytest.mark.parametrize(
    "page",
    [
        "<p>Plain words</p>",
        f"<p>{T('Photo')} 3: {T('It is empty.')}</p>",
        f"<p>{T('You may write')} {T('or withdraw')}</p>",
        f"<p>{T('Write %(or)s now') % {'or': T('or withdraw')}}</p>",
        f"<p>{T('Removed')}: {T('a date')}</p>",
        '<button aria-label="Close">x</button>',
        '<div data-words="so many words"></div>',
        f"<p>{T('Photo')} and more</p>",
    ],
    ids=["plain", "colon", "two", "inside", "punctuation", "label", "data", "rest"],
)
def test_untranslated_and_joined_text_is_found(page: str) -> None:
    assert findings(page)
