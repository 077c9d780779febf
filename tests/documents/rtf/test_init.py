from intake.documents import rtf


def test_the_last_paragraph_keeps_its_kind() -> None:
    assert rtf.read(rb"{\rtf1\pard\rtlpar a").html == '<p dir="rtl">a</p>'
    assert rtf.read(rb"{\rtf1{\pard\outlinelevel1 a}\outlinelevel1}x").html == "<h2>a</h2>"
