from tests.fuzz.text.shrink import TRIES, shrink


def test_what_does_not_matter_goes() -> None:
    assert shrink("before <b> and after", lambda text: "<b>" in text) == "<b>"


def test_it_comes_to_an_end() -> None:
    tried = []

    def fails(text: str) -> bool:
        tried.append(text)
        return len(text) > 9_000

    shrink("x" * 10_000, fails)
    assert len(tried) <= TRIES
