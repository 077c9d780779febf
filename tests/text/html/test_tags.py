from intake.text.html import tags


def test_each_tag_is_read_in_one_way() -> None:
    kinds = [
        set(tags.DROPPED),
        set(tags.REPLACED),
        set(tags.BOXES),
        set(tags.LEAVES),
        set(tags.BLOCKS),
        set(tags.MARKS),
    ]
    assert sum(map(len, kinds)) == len(set().union(*kinds))
