from collections import Counter

import pytest

from intake.documents.markdown import source


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("---\na: b\n---\nc", "c"),
        ("---\ntitle:\n  - b\n...\nc", "c"),
        ("---\nwords\n---\nc", "---\nwords\n---\nc"),
        ("---\na: b\n", "---\na: b\n"),
        ('+++\na = "b"\n+++\nc', "c"),
        ("+++\nwords\n+++\nc", "+++\nwords\n+++\nc"),
        ("a %%b%% c\n\n%%\nd\n%%\ne", "a  c\n\ne"),
        ("%%\na", "%%\na"),
        ("50%% of a, 60%% of b", "50%% of a, 60%% of b"),
        ("![a](file:///home/b/c.png)d ![e](https://f.example)", " d ![e](https://f.example)"),
        ("a{>>b<<}c{>>d", "ac{>>d"),
        ("a{++b++}c{==d==}", "abcd"),
        ("a{--b\nc--}d", "ad"),
        ("a{~~b~>c~~}d{~~e~>f{~~g~~}", "acd{~~e~>f{~~g~~}"),
        ("a{% comment %}b{% endcomment %}c{{/* d */}}e", "ace"),
        ("% a\n% b; c\n  d\n% e\n\nf", "a\n\n\nf"),
        ("% a\nb\n\nc", "% a\nb\n\nc"),
    ],
)
def test_marks_of_editors(text: str, found: str) -> None:
    assert source.without_hidden(text, Counter()) == found


def test_check_boxes() -> None:
    assert source.with_check_boxes("- [ ] a\n1. [X] b\n[ ] c\n- [x](d)") == "- ☐ a\n1. ☑ b\n[ ] c\n- [x](d)"
