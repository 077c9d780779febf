from intake.local.supervision.process import ProcessSpec


def test_two_specs_with_the_same_words_are_two_children() -> None:
    assert len({ProcessSpec("web", ["true"]), ProcessSpec("web", ["true"])}) == 2
