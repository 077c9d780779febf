from intake.documents.rtf import destinations
from intake.documents.rtf.formatting import CHANGES


def test_no_word_is_read_in_two_ways() -> None:
    assert destinations.KNOWN.isdisjoint(destinations.SKIPPED)
    assert CHANGES.keys().isdisjoint({*destinations.KNOWN, *destinations.SKIPPED, *destinations.SYMBOLS})
