"""A simulated editor: loads pages and acts on what they show, racing others on the same few submissions."""

import random
import re
import uuid
from dataclasses import dataclass, field

import httpx

VERDICTS = {
    "accept": {},
    "reject": {"code": "reject.late"},
    "request_changes": {},
    "hold": {"code": "hold.verifying"},
    "spam": {"code": "spam.flood"},
}
VERSION = re.compile(r'name="version" value="(\d+)"')
TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
UNDO = re.compile(r'action="(/desk/submissions/[0-9a-f-]+/decisions/\d+/undo)"')


@dataclass
class Write:
    """An attempted write: its kind, submission and words, and the status code of the response."""

    kind: str
    submission: str
    words: str
    code: int
    kept: bool
    """True if the response page contains the words."""


@dataclass
class Racer:
    """One editor with a separate HTTP session."""

    client: httpx.Client
    rng: random.Random
    writes: list[Write] = field(default_factory=list)
    _token: str = ""

    def log_in(self, email: str, password: str) -> None:
        """Log in through the login form."""
        token = TOKEN.search(self.client.get("/login").text)
        assert token
        fields = {"csrf_token": token[1], "email": email, "password": password}
        answer = self.client.post("/login", data=fields)
        assert answer.status_code in {302, 303}, answer.status_code

    def act(self, submission: str) -> None:
        """Load the page of a submission and send one random write that the page offers."""
        page = self.client.get(f"/desk/submissions/{submission}").text
        token, version = TOKEN.search(page), VERSION.search(page)
        assert token, page[:2000]
        self._token = token[1]
        undo = UNDO.search(page)
        writes = ["claim", "release"]
        if version:
            writes += ["edit", "edit", "decide", "decide", "reopen"]
        if undo:
            writes += ["undo", "undo"]
        write = self.rng.choice(writes)
        if write == "undo" and undo:
            self._post(write, undo[1], submission)
        elif write in {"claim", "release"}:
            self._claim(write, submission)
        elif version:
            {"edit": self._edit, "decide": self.decide, "reopen": self._reopen}[write](submission, version[1])

    def _claim(self, write: str, submission: str) -> None:
        path = "claims" if write == "claim" else "claims/release"
        takeover = {"takeover": "y"} if self.rng.random() < 0.3 else {}
        self._post(write, f"/desk/submissions/{submission}/{path}", submission, **takeover)

    def _edit(self, submission: str, version: str) -> None:
        words = f"edit-{uuid.uuid4().hex}"
        fields = {"title": "Raced for", "body": f"<p>{words}</p>", "note": "", "version": version}
        self._post("edit", f"/desk/submissions/{submission}/revisions", submission, words, **fields)

    def decide(self, submission: str, version: str, anyway: str = "") -> None:
        """Send a random verdict with a unique message. `anyway` is the id of an editor whose claim is overridden."""
        verdict = self.rng.choice(list(VERDICTS))
        words = f"{verdict}-{uuid.uuid4().hex}"
        fields = {
            "verdict": verdict,
            "message": words,
            "version": version,
            "anyway": anyway,
            **VERDICTS[verdict],
        }
        self._post("decide", f"/desk/submissions/{submission}/decisions", submission, words, **fields)

    def _reopen(self, submission: str, version: str) -> None:
        self._post("reopen", f"/desk/submissions/{submission}/reopenings", submission, version=version)

    def _post(self, kind: str, path: str, submission: str, words: str = "", **fields: str) -> None:
        answer = self.client.post(path, data={"csrf_token": self._token, **fields})
        self.writes.append(Write(kind, submission, words, answer.status_code, words in answer.text))
