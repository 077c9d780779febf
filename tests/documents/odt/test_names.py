from intake.documents.odt import names


def test_names_are_in_clark_notation() -> None:
    assert names.TEXT == "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
    assert all(
        value.startswith("{") and value.endswith("}")
        for name, value in vars(names).items()
        if name.isupper() and name[0] != "_"
    )
