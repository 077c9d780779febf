from intake.photos.inspect.tags import STRUCTURE, TAGS
from intake.photos.metadata_report import KINDS


def test_every_tag_has_a_kind_that_has_words() -> None:
    assert {kind for kind, _name in TAGS.values()} <= set(KINDS)


def test_no_tag_is_both_telling_and_structure() -> None:
    assert not STRUCTURE & set(TAGS)
