from intake.documents.document import NOTES, Document


def test_a_document_has_nothing_else_unless_told() -> None:
    document = Document("<p>a</p>")
    assert (document.pictures, dict(document.removed), document.notes) == ([], {}, [])
    assert all(sentence.endswith(".") for sentence in NOTES.values())
