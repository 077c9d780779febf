from intake.photos.caption.metadata import CAPTION_CHARACTERS, CREDIT_CHARACTERS, Words


def test_columns_without_a_value_are_empty() -> None:
    assert Words.of(None, None) == Words("", "")


def test_what_fits_into_no_block_is_cut() -> None:
    assert Words.of("x" * 10**6, "y" * 10**6) == Words("x" * CAPTION_CHARACTERS, "y" * CREDIT_CHARACTERS)
