"""Searches of the desk with 20,000 and 100,000 submissions: words as they are, beginnings of words, and words with a typing error.

The submissions are those of the bench of the desk. Times are those of the queue's page without HTTP and templates: keys, tolerance, page,
count. Each search is for another word of the vocabulary of Russian, English, Kazakh, Uyghur or Arabic, of five letters or more.

- **word**: a word that submissions have. **beginning**: its first five letters.
- **one wrong letter**: the word with one error, so that nothing is found for it.
- **no similar word**: letters that begin no word, nor does a word that differs by one letter. All possible words are asked for twice.
- **two wrong words**: two words with an error each.

`found` is the share of searches that found something. CPU time of the database is that of its process for the connection. p95 is compared with that of the word as it is.
"""

import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import mean, quantiles

from sqlalchemy import func, select

from intake.db import transaction
from intake.queue.filters import Filters
from intake.queue.page import editor_queue
from intake.text.search import fold, languages_of
from intake.text.terms.neighbours import LEAST_CHARACTERS, neighbours
from intake.text.terms.stemming import stems
from tests.bench import desk
from tests.bench.archive import Archive
from tests.bench.case import Case, Context, Measures
from tests.bench.vocabulary import Writer

SIZES = {"20,000": Archive("medium", 20_000, 1000), "100,000": Archive("big", 100_000, 2000)}
SEARCHES, WARM = 60, 5
LANGUAGES = ("ru", "en", "kk", "ug", "ar")
SCRIPTS = {"Latin": ("en", "fr", "tr"), "Cyrillic": ("ru", "kk"), "Arabic": ("ar", "fa", "ug")}
SAMPLE = 500
FREQUENT = 1500
"""Number of the most frequent words of each language, which are sure to be in some submissions."""


def shared() -> AbstractContextManager[Context]:
    """Server with a filled database of each size."""
    return desk.shared(SIZES)


def searches(context: Context) -> Measures:
    """Pages of the queue for searches of the case's `kind`."""
    os.environ["TRANSOM_DATABASE_URL"] = desk.named(context["url"], context["database"])
    os.environ["TRANSOM_DATA_DIR"] = str(Path(context["folder"]) / "data")
    typed = KINDS[context["kind"]](random.Random(context["kind"]))
    for q in islice(typed, WARM):
        _found(q)
    seconds, found, spent = [], [], time.process_time()
    of_database = _database_cpu_s()
    for q in islice(typed, SEARCHES):
        begun = time.perf_counter()
        found.append(_found(q))
        seconds.append(time.perf_counter() - begun)
    hundredths = quantiles(seconds, n=100)
    return {
        "wall_s": mean(seconds),
        "cpu_s": (time.process_time() - spent) / SEARCHES,
        "cpu_of_database_ms": (_database_cpu_s() - of_database) / SEARCHES * 1000,
        "p50_ms": hundredths[49] * 1000,
        "p95_ms": hundredths[94] * 1000,
        "found": mean(found),
    }


def _found(q: str) -> bool:
    with transaction() as session:
        return bool(editor_queue(session, Filters.parse({"q": q, "lane": "all"})).items)


def _database_cpu_s() -> float:
    """CPU time of the server process of the connection, which all searches use one after the other."""
    with transaction() as session:
        pid = session.scalar(select(func.pg_backend_pid()))
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _words(chance: random.Random) -> Iterator[str]:
    known = {code: _long(Writer(code).words[:FREQUENT]) for code in LANGUAGES}
    while True:
        for code in LANGUAGES:
            yield chance.choice(known[code])


def _long(words: list[str]) -> list[str]:
    return [
        word for word in dict.fromkeys(map(fold, words)) if len(word) >= LEAST_CHARACTERS and word.isalpha()
    ]


def _beginnings(chance: random.Random) -> Iterator[str]:
    return (word[:LEAST_CHARACTERS] for word in _words(chance))


def _wrong(chance: random.Random) -> Iterator[str]:
    return (with_error(word, chance.choice(list(ERRORS)), chance) for word in _words(chance))


def _two_wrong(chance: random.Random) -> Iterator[str]:
    return (f"{one} {other}" for one, other in zip(_wrong(chance), _wrong(chance), strict=False))


def _nowhere(chance: random.Random) -> Iterator[str]:
    while True:
        yield "".join(chance.choices("bcdfghjklmnpqrstvwxz", k=8))


KINDS: dict[str, Callable[[random.Random], Iterator[str]]] = {
    "word": _words, "beginning": _beginnings, "one wrong letter": _wrong, "no similar word": _nowhere, "two wrong words": _two_wrong,
}  # fmt: skip


def _exchanged(word: str, place: int, _letter: str) -> str:
    return word[:place] + word[place : place + 2][::-1] + word[place + 2 :]


def _replaced(word: str, place: int, letter: str) -> str:
    return word[:place] + letter + word[place + 1 :]


def _missing(word: str, place: int, _letter: str) -> str:
    return word[:place] + word[place + 1 :]


def _added(word: str, place: int, letter: str) -> str:
    return word[:place] + letter + word[place:]


ERRORS = {"two exchanged": _exchanged, "one wrong": _replaced, "one missing": _missing, "one added": _added}


def with_error(word: str, error: str, chance: random.Random) -> str:
    """Return the word with an error at a random place. Letters that are added are letters of the word."""
    while True:
        place = chance.randrange(len(word) - (error == "two exchanged"))
        typed = ERRORS[error](word, place, chance.choice(word))
        if typed != word:
            return typed


CASES = [
    Case(
        f"{kind}: {size}",
        call=searches,
        given={"kind": kind, "database": archive.name},
        baseline="" if kind == "word" else f"word: {size}",
        compared="p95_ms",
    )
    for kind in KINDS
    for size, archive in SIZES.items()
]


def appendix() -> str:
    """Table of the words that are found in spite of an error, by script and error."""
    head = [
        f"{SAMPLE} random words of five letters and more for each script, typed with each error once. **Found**: the search finds the word.",
        "**Taken for another word**: submissions have the typed letters as another word or as its beginning, so no similar word is searched for.",
        "**Other words**: how many words besides the meant one are searched for, if similar words are. The rest are Cyrillic words with a Latin letter.",
        "",
        "| script | error | found, % | taken for another word, % | other words |",
        "| --- | --- | ---: | ---: | ---: |",
    ]
    rows = (
        f"| {script} | {error} | {found:.1f} | {other:.1f} | {besides:.2f} |"
        for script in SCRIPTS
        for error, (found, other, besides) in recalled(script).items()
    )
    return "\n".join([*head, *rows])


def recalled(script: str) -> dict[str, tuple[float, float, float]]:
    """Return {error: (percentage found, percentage taken for another word, mean number of other words)}.

    Simulates a search on words in clear, in all languages of the script together.
    """
    chance = random.Random(script)
    words = {fold(word): code for code in SCRIPTS[script] for word in Writer(code).words}
    whole = set(words).union(*stems(words.items()).values())
    begins = {word[:size] for word in words for size in range(3, len(word))}
    sample = chance.sample(sorted(_long(list(words))), SAMPLE)
    return {
        error: _recall(sample, partial(with_error, error=error, chance=chance), whole, begins)
        for error in ERRORS
    }


def _recall(
    sample: list[str], wrong: Callable[[str], str], whole: set[str], begins: set[str]
) -> tuple[float, float, float]:
    found, taken, asked, besides = 0, 0, 0, 0
    for word in sample:
        typed = wrong(word)
        own = {typed}.union(*stems((typed, code) for code in languages_of(typed)).values())
        if own & whole or typed in begins:
            found += word.startswith(typed)
            taken += not word.startswith(typed)
            continue
        near = set(neighbours(typed))
        # A similar word may also be the beginning of a word.
        similar = near & whole or near & begins
        asked += 1
        found += any(map(word.startswith, similar))
        besides += sum(not word.startswith(one) for one in similar)
    return 100 * found / len(sample), 100 * taken / len(sample), besides / asked
