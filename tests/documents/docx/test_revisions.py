from tests.documents.reading import word, word_removed
from tests.documents.word_files import paragraph, run, table

AUTHOR = 'w:id="1" w:author="LEAK" w:date="2026-01-01T00:00:00Z"'


def deleted(text: str) -> str:
    return f"<w:del {AUTHOR}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def test_deletions_go_and_insertions_stay() -> None:
    body = paragraph(run("a") + deleted("LEAK") + f"<w:ins {AUTHOR}>{run('b')}{deleted('LEAK')}</w:ins>")
    assert word(body) == "<p>ab</p>"
    assert word_removed(body) == {"deletion": 2}


def test_moved_text_stays_in_its_new_place() -> None:
    old = f'<w:moveFromRangeStart {AUTHOR}/><w:moveFrom {AUTHOR}>{run("LEAK")}</w:moveFrom><w:moveFromRangeEnd w:id="1"/>'
    body = paragraph(run("a") + old) + paragraph(f"<w:moveTo {AUTHOR}>{run('b')}</w:moveTo>")
    assert word(body) == "<p>a</p><p>b</p>"
    assert word_removed(body) == {"moved": 1}


def test_a_deleted_mark_joins_paragraphs() -> None:
    body = paragraph("a ", f"<w:rPr><w:del {AUTHOR}/></w:rPr>") + paragraph("b") + paragraph("c")
    assert word(body) == "<p>a b</p><p>c</p>"
    assert word(paragraph("a", f"<w:rPr><w:del {AUTHOR}/></w:rPr>")) == "<p>a</p>"


def test_deleted_rows_and_cells_go() -> None:
    rows = table(
        [paragraph("a")],
        [paragraph("LEAK")],
        [f"<w:tcPr><w:cellDel {AUTHOR}/></w:tcPr>{paragraph('LEAK')}", paragraph("b")],
    )
    marked = rows.replace(
        '<w:tr><w:tc><w:p><w:r><w:t xml:space="preserve">LEAK',
        f'<w:tr><w:trPr><w:del {AUTHOR}/></w:trPr><w:tc><w:p><w:r><w:t xml:space="preserve">LEAK',
    )
    assert word(marked).count("<td>") == 2
    assert "LEAK" not in word(marked)


def test_comments_leave_their_passage() -> None:
    body = paragraph(
        f'<w:commentRangeStart w:id="0"/>{run("a")}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    )
    comments = f'<w:comment {AUTHOR} w:initials="LEAK">{paragraph("LEAK")}</w:comment>'
    assert word(body, comments=comments) == "<p>a</p>"
    assert word_removed(body, comments=comments) == {"comment": 1}


def test_former_properties_do_not_count() -> None:
    former = f"<w:rPrChange {AUTHOR}><w:rPr><w:vanish/></w:rPr></w:rPrChange>"
    assert word(paragraph(run("a", former))) == "<p>a</p>"


def test_of_alternatives_the_first_with_words_is_read() -> None:
    def either(one: str, other: str) -> str:
        return f"<mc:AlternateContent><mc:Choice Requires='x'>{one}</mc:Choice><mc:Fallback>{other}</mc:Fallback></mc:AlternateContent>"

    assert word(paragraph(either(run("a"), run("b")))) == "<p>a</p>"
    assert word(paragraph(either("<w:r><w:drawing/></w:r>", run("b")))) == "<p>b</p>"
    assert word(paragraph(either(either("", run("c")), run("b")) + run("d"))) == "<p>cd</p>"
