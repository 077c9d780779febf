import pytest

from intake.settings import Settings
from intake.submissions.suspicion.phrases import Phrases
from intake.submissions.suspicion.traits import Traits, traits

STORY = " ".join(f"sentence{number}" for number in range(40))


def read(body: str, title: str = "", phrases: str = "") -> Traits:
    return traits(title, f"<p>{body}</p>", Phrases.parse(phrases))


@pytest.mark.parametrize(
    ("links", "words", "signals"),
    [
        (0, 0, ()),
        (1, 8, ("some_links",)),
        (1, 120, ()),
        (2, 20, ("many_links",)),
        (3, 20, ("mostly_links",)),
        (4, 50, ("many_links",)),
        (20, 2100, ()),
    ],
)
def test_links_count_by_the_length_of_the_text(
    app_settings: Settings, links: int, words: int, signals: tuple[str, ...]
) -> None:
    addresses = (f"https://a.example/{number}" for number in range(links))
    assert read(" ".join([*["word"] * words, *addresses])).signals == signals


def test_a_link_behind_words_counts(app_settings: Settings) -> None:
    assert read('<a href="https://a.example/">Look</a> here').signals == ("some_links",)


def test_phrases_are_found_in_title_and_text(app_settings: Settings) -> None:
    assert read("fine bonus", "Crypto", "bonus\ncrypto").signals == ("phrases",)


def test_equal_words_have_an_equal_hash_which_is_keyed(app_settings: Settings) -> None:
    one, other = read(STORY), read(STORY.upper().replace(" ", ",\n") + " https://a.example/")
    assert one.exact == other.exact
    assert one.sketch == other.sketch
    assert b"sentence" not in (one.exact or b"") + (one.sketch or b"")


def test_short_texts_are_not_compared(app_settings: Settings) -> None:
    short = read("See the photos")
    assert (short.exact, short.sketch) == (None, None)
