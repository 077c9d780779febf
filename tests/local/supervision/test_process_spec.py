from intake.local.supervision.process import Spec


def test_two_specs_with_the_same_words_are_two_children() -> None:
    assert len({Spec("web", ["true"]), Spec("web", ["true"])}) == 2
