"""A simulated editor who edits a text while another editor does. Saves with the desk's forms and resolves conflicts."""

import itertools
import random
import re
import time
from dataclasses import dataclass, field
from typing import Any

import httpx
from lxml import html

from intake.text.merge.blocks import split
from tests.race.editor import Racer

SENTENCE = re.compile(r"\b[a-z]+-\d+\b")
"""Each typed sentence has a word of its own, such as `asel-17`."""
MOST_BLOCKS = 30


@dataclass
class Figures:
    """Counts of one typist."""

    saved_at_once: int = 0
    merged: int = 0
    conflicts: int = 0
    asked: int = 0


@dataclass
class Typist:
    """One editor of one text. `saved` are the sentences that this person saved, `removed` those removed on purpose."""

    name: str
    client: httpx.Client
    rng: random.Random
    saved: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    figures: Figures = field(default_factory=Figures)
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    def log_in(self, email: str, password: str) -> None:
        """Log in through the login form."""
        Racer(self.client, self.rng).log_in(email, password)

    def edit(self, path: str, pause: float) -> None:
        """Open the text, change it, and save it, resolving conflicts until the save succeeds."""
        form = self._opened(path)
        typed, removed = self._change(form)
        if self.rng.random() < 0.1:
            keep = {
                "doing": "editing",
                "busy": "y",
                "page": "7",
                "keep": "start",
                "csrf_token": form["csrf_token"],
            }
            assert self.client.post(f"{path}/presence", data=keep).status_code == 200
        time.sleep(pause * self.rng.random())
        answer = self.client.post(f"{path}/revisions", data=form)
        was_merged = False
        while answer.status_code == 409:
            was_merged = True
            page = html.fromstring(answer.text)
            form, dropped = self._answered(page)
            removed |= dropped
            answer = self.client.post(f"{path}/revisions", data=form)
        assert answer.status_code == 303, answer.text
        self.saved |= typed
        self.removed |= removed
        self.figures.merged += was_merged
        self.figures.saved_at_once += not was_merged

    def _opened(self, path: str) -> dict[str, str]:
        page: Any = html.fromstring(self.client.get(f"{path}/revisions/new").text)
        again = page.xpath("//a[contains(@href, 'all-the-same')]/@href")
        if again:
            self.figures.asked += 1
            page = html.fromstring(self.client.get(str(again[0])).text)
        return fields(page, "edit")

    def _change(self, form: dict[str, str]) -> tuple[set[str], set[str]]:
        """Change one or two blocks. Returns the sentences that were typed, and those that were removed."""
        typed: set[str] = set()
        before = set(SENTENCE.findall(form["body"]))
        blocks = split(form["body"].replace("\r", "").replace("\n", ""))
        for _ in range(self.rng.choice((1, 1, 2))):
            place = self.rng.randrange(len(blocks))
            word = f"{self.name}-{next(self._numbers)}"
            what = self.rng.choice(("append", "append", "append", "insert", "insert", "rewrite", "remove"))
            if len(blocks) > MOST_BLOCKS:
                what = "remove"
            if what == "append" and "</p>" in blocks[place]:
                blocks[place] = blocks[place].replace("</p>", f" A sentence {word}.</p>", 1)
            elif what == "remove" and len(blocks) > 3:
                del blocks[place]
                continue
            elif what == "rewrite" and len(blocks) > 3:
                blocks[place] = f"<p>Written anew {word}.</p>"
            else:
                tag = self.rng.choice(("p", "p", "h2", "blockquote"))
                blocks.insert(place, f"<{tag}>A new block {word}.</{tag}>")
            typed.add(word)
        form["body"] = "".join(blocks)
        there = set(SENTENCE.findall(form["body"]))
        return typed & there, before - there

    def _answered(self, page: Any) -> tuple[dict[str, str], set[str]]:
        """Fill in the form of a conflict page. Returns its fields, and the sentences that the choice drops."""
        if not page.find_class("merge"):
            return fields(page, "edit"), set()
        form, dropped = fields(page, "merge"), set[str]()
        for one in page.find_class("merge__conflict"):
            self.figures.conflicts += 1
            theirs, mine = (sentences(side) for side in one.find_class("merge__side"))
            (name,) = {str(radio.get("name")) for radio in one.iter("input")}
            form[name] = self.rng.choice(sorted({radio.get("value") for radio in one.iter("input")}))
            dropped |= {"theirs": mine - theirs, "mine": theirs - mine, "both": set()}[form[name]]
        return form, dropped


def fields(page: Any, name: str) -> dict[str, str]:
    """Fields of the form with this class, as a browser sends them."""
    (form,) = page.xpath(f"//form[contains(concat(' ', @class, ' '), ' {name} ')]")
    return {str(key): str(value) for key, value in form.form_values()}


def sentences(side: Any) -> set[str]:
    """Sentences of one version of a paragraph, without removed words and text for screen readers."""
    for gone in side.xpath(".//del | .//*[contains(@class, 'visually-hidden')]"):
        gone.drop_tree()
    return set(SENTENCE.findall(side.text_content()))
