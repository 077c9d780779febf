import re
import uuid

from intake.text.terms.keys import BUCKETS, WORD, BucketKey, Generation

SECRET, SALT = bytes(32), b"s" * 32


def test_every_bucket_has_other_terms_and_links() -> None:
    keys = Generation(1, SECRET, SALT).keys
    assert len({key.term(WORD, "election") for key in keys}) == BUCKETS
    assert len({key.link(b"next", "the", "ice", 1) for key in keys}) == BUCKETS


def test_another_salt_or_secret_gives_other_terms() -> None:
    ways = [(SECRET, SALT), (b"x" * 32, SALT), (SECRET, b"x" * 32)]
    assert len({Generation(1, *way).keys[0].term(WORD, "election") for way in ways}) == len(ways)


def test_kinds_are_apart() -> None:
    key = BucketKey(bytes(32))
    assert len({key.term(kind, "ice") for kind in (b"word", b"beginning", b"unit")}) == 3
    assert key.link(b"next", "a", "b", 1) != key.link(b"next", "a", "b", 2)


def test_a_term_has_48_bits_and_a_link_32() -> None:
    key = BucketKey(bytes(32))
    assert all(re.fullmatch(r"[\w-]{8}", key.term(WORD, str(word))) for word in range(1000))
    links = [key.link(b"next", str(word), "x", 1) for word in range(1000)]
    assert min(links) < -(2**30)
    assert max(links) > 2**30
    assert all(-(2**31) <= link < 2**31 for link in links)


def test_buckets_are_even_and_a_submission_stays_in_its_own() -> None:
    generation = Generation(1, SECRET, SALT)
    places = [generation.place(uuid.UUID(int=number)) for number in range(1600)]
    assert all(60 < places.count(place) < 140 for place in range(BUCKETS))
    assert places == [Generation(1, SECRET, SALT).place(uuid.UUID(int=number)) for number in range(1600)]


def test_buckets_of_generations_follow_each_other() -> None:
    assert [Generation(number, SECRET, SALT).first_bucket for number in (1, 2)] == [1, 1 + BUCKETS]


def test_a_key_is_not_shown() -> None:
    key, generation = BucketKey(b"k" * 32), Generation(1, b"k" * 32, SALT)
    assert "kkk" not in repr(key) + repr(generation)
