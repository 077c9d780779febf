"""The Dockerfile as a list of instructions."""

from dataclasses import dataclass
from functools import cache

from tests.ops.compose import ROOT


@dataclass(frozen=True)
class Instruction:
    """Instruction such as RUN, with its arguments. Continued lines are joined. `stage` counts from 0."""

    stage: int
    word: str
    rest: str


@cache
def instructions() -> list[Instruction]:
    """All instructions of the Dockerfile, in order."""
    lines = (ROOT / "Dockerfile").read_text("utf-8").splitlines()
    joined = "\n".join(line for line in lines if not line.startswith("#")).replace("\\\n", " ")
    found: list[Instruction] = []
    stage = -1
    for line in filter(None, joined.splitlines()):
        word, _, rest = line.partition(" ")
        stage += word == "FROM"
        found.append(Instruction(stage, word, " ".join(rest.split())))
    return found


def last_stage() -> list[Instruction]:
    """Instructions of the last stage, which becomes the image."""
    return [one for one in instructions() if one.stage == instructions()[-1].stage]


def rest_of(word: str) -> list[str]:
    """Arguments of each instruction `word` in the last stage."""
    return [one.rest for one in last_stage() if one.word == word]
