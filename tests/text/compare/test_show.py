import pytest

from intake.text.compare.engine import Deadline
from intake.text.compare.passages import passages
from intake.text.compare.show import checked, is_safe, marked, plain
from intake.text.html.links import REL


def shown(before: str, after: str) -> str:
    one, other = (passages(f"<p>{html}</p>")[0].tokens for html in (before, after))
    found = marked(one, other, Deadline())
    assert is_safe(found)
    for word in ("removed: ", "added: ", ""):
        found = found.replace(f'<span class="visually-hidden">[{word}</span>', f"[{word}")
    return found.replace('<span class="visually-hidden">]</span>', "]")


def test_words_that_are_gone_and_words_that_are_new() -> None:
    assert shown("one two", "one three") == (
        'one <del class="compare__gone">[removed: two]</del><ins class="compare__new">[added: three]</ins>'
    )


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("a", "<strong>a</strong>", "now bold"),
        ("<em>a</em>", "a", "no longer italic"),
        ("<u>a</u>", "<s>a</s>", "now struck through; no longer underlined"),
        ("a", '<a href="https://a.example/">a</a>', "now a link to https://a.example/"),
        ('<a href="https://a.example/">a</a>', "a", "no longer a link to https://a.example/"),
        (
            '<a href="https://a.example/">a</a>',
            '<a href="https://b.example/">a</a>',
            "now leads to https://b.example/, before to https://a.example/",
        ),
    ],
)
def test_looks_and_links_are_told_in_words(before: str, after: str, told: str) -> None:
    assert f'<span class="compare__tag">[{told}]</span>' in shown(before, after)


def test_where_a_link_leads_that_came_or_went_is_told() -> None:
    link = '<a href="https://a.example/">here</a>'
    assert "</ins></a>" not in shown("see", f"see {link}")
    assert "[link to https://a.example/]" in shown("see", f"see {link}")
    assert "[link to https://a.example/]" in shown(f"see {link}", "see")


def test_a_new_footnote_is_told_without_its_address() -> None:
    assert "[footnote]" in shown("Yes.", 'Yes.<a href="#note-1"><sup>1</sup></a>')
    back = shown("So.", 'So. <a href="#ref-1">↩</a>')
    assert "↩" in back
    assert "compare__tag" not in back


def test_what_did_not_change_looks_as_it_does() -> None:
    html = '<strong>a</strong><a href="https://a.example/?x=1&amp;y=2"><em>b</em></a> &lt;c&gt;'
    tokens = passages(f"<p>{html}</p>")[0].tokens
    assert plain(tokens) == html.replace("<a ", f'<a rel="{REL}" ')
    assert shown(html, html) == plain(tokens)


def test_a_line_break_is_seen() -> None:
    assert "↵" in shown("a b", "a<br>b")


@pytest.mark.parametrize(
    "html",
    [
        "<script>x</script>", "<p>x</p>", "<img>", '<strong class="x">a</strong>', '<span class="x">a</span>',
        '<ins class="compare__new" onclick="x">a</ins>', "<em>a", "a</em>", "<em><u>a</em></u>", "a < b", "<em >a</em>",
        f'<a rel="{REL}" href="javascript:x">a</a>', '<a href="https://a.example/">a</a>', "<EM>a</EM>", "</em x=\"y\">",
    ],
)  # fmt: skip
def test_nothing_but_our_own_marks_goes_to_a_page(html: str) -> None:
    assert not is_safe(html)
    assert "<" not in checked(html)
    assert checked("<em>a</em>") == "<em>a</em>"
