"""A wave of bots beside people who send their stories in the same hour."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from intake.demo.submissions import demo_submissions
from intake.text.words import visible
from tests.bench.vocabulary import SHARES, Writer

PHRASES = "buy followers\nCrypto bonus\nкредит без отказа"
"""List of phrases that an admin keeps."""
BOTS = ("same", "spun", "respun", "fast", "links", "honeypot", "phrases")


@dataclass
class Sender:
    """A person or a bot. `kind` is the label in measurements. With `hurry`, the form is sent at once.

    `words` are fields of the form. `address` is where the request comes from.
    """

    kind: str
    words: dict[str, str]
    address: str
    hurry: bool = False
    more: dict[str, str] = field(default_factory=dict)

    @property
    def is_bot(self) -> bool:
        """Return whether this is a bot."""
        return self.kind in BOTS


def people(count: int) -> Iterator[Sender]:
    """Yield people with stories in several languages. About every fifth shares one IP address.

    People at the shared address quote the same statement. Some send photos with two words, some link to sources.
    """
    demo = [(one.title, visible(one.body)) for one in demo_submissions()]
    writers = {language: Writer(language, seed=7) for language in SHARES}
    statement = writers["en"].paragraph()
    for number in range(count):
        writer = writers[list(SHARES)[number % len(SHARES)]]
        title, body = writer.title(), "\n\n".join(writer.paragraph() for _ in range(3))
        address = f"198.51.100.{number % 250}"
        if number < min(len(demo), count // 4):
            title, body = demo[number]
        elif number % 5 == 0:
            body, address = f"{body}\n\n{statement}", "192.0.2.1"
        elif number % 5 == 1:
            body += f"\n\nhttps://example.org/{number} https://example.net/{number}"
        elif number % 10 == 2:
            title, body = "Photos", "See photos"
        yield Sender(
            "person", {"title": title, "body": body, "format": "plain" if number % 2 else "html"}, address
        )


def bots(count: int) -> Iterator[Sender]:
    """Yield `count` bots, equally many of each kind."""
    chance, writer = random.Random(11), Writer("en", seed=3)
    kinds = {"spun": _spinner(writer, chance, 3), "respun": _spinner(writer, chance, 2)}
    same = writer.paragraph() + " " + writer.paragraph()
    for number in range(count):
        kind = BOTS[number % len(BOTS)]
        body = kinds[kind]() if kind in kinds else same if kind == "same" else _own(writer)
        sender = Sender(kind, {"title": writer.title(), "body": body}, f"203.0.113.{number % 250}")
        _spoil(sender, number)
        yield sender


def mixed(people_count: int, bot_count: int) -> list[Sender]:
    """Return people and bots in a random order, which is the same in each run."""
    found = [*people(people_count), *bots(bot_count)]
    random.Random(5).shuffle(found)
    return found


def _own(writer: Writer) -> str:
    return "\n\n".join(writer.paragraph() for _ in range(2))


def _spoil(sender: Sender, number: int) -> None:
    """Add the behaviour or text by which this kind of bot can be detected."""
    if sender.kind == "fast":
        sender.hurry = True
    elif sender.kind == "links":
        sender.words["body"] = " ".join(
            f"{word} https://shop{number}.example/{place}"
            for place, word in enumerate(sender.words["body"].split()[:24])
        )
    elif sender.kind == "honeypot":
        sender.more["homepage"] = f"https://shop{number}.example/"
    elif sender.kind == "phrases":
        sender.words["body"] += " CRYPTO  bonus! Come and buy\nfollowers now."
    elif sender.kind in {"spun", "respun"}:
        sender.words["body"] += f" https://shop{number}.example/"


def _spinner(writer: Writer, chance: random.Random, every: int) -> Callable[[], str]:
    """Return a function that spins a text: one of three words in each `every`-th place, and sentences in any order."""
    words = [chance.choice(writer.words) for _ in range(90)]
    slots = {place: [chance.choice(writer.words) for _ in range(3)] for place in range(0, len(words), every)}

    def spin() -> str:
        spun = [chance.choice(slots[place]) if place in slots else word for place, word in enumerate(words)]
        sentences = [" ".join(spun[start : start + 15]) for start in range(0, len(spun), 15)]
        chance.shuffle(sentences)
        return ". ".join(sentences)

    return spin
