from intake.documents.footnotes import FootnoteList
from intake.text import clean_body


def test_the_cleaner_recognizes_the_notes() -> None:
    notes = FootnoteList()
    number = notes.begin("a")
    text = f"<p>Text{notes.mark('a')} and{notes.again('a')} more.</p>"
    notes.end(number, "<p>Note.</p>")
    cleaned = clean_body(text + notes.html(), format="html").html
    assert '<a href="#note-1" id="ref-1"><sup>1</sup></a>' in cleaned
    assert '<li id="note-1">Note. <a href="#ref-1">↩</a></li>' in cleaned


def test_a_sign_of_its_own_is_the_mark() -> None:
    notes = FootnoteList()
    notes.begin("a")
    assert ">&lt;*<" in notes.mark("a", "<*")
    assert not FootnoteList().html()
