from intake.photos.caption.metadata import CAPTION_CHARACTERS, CREDIT_CHARACTERS, CaptionCredit


def test_columns_without_a_value_are_empty() -> None:
    assert CaptionCredit.of(None, None) == CaptionCredit("", "")


def test_what_fits_into_no_block_is_cut() -> None:
    assert CaptionCredit.of("x" * 10**6, "y" * 10**6) == CaptionCredit(
        "x" * CAPTION_CHARACTERS, "y" * CREDIT_CHARACTERS
    )
