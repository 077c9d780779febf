"""Proofs of work, computed as the page's script does."""

import base64
import html
import json
import re

from altcha import Challenge, Payload, solve_challenge


def solution(challenge: str) -> str:
    """Solve a challenge in JSON. Returns what the script puts into the form."""
    made = Challenge.from_dict(json.loads(challenge))
    found = solve_challenge(made)
    assert found
    return base64.b64encode(json.dumps(Payload(made, found).to_dict()).encode()).decode()


def solved(page: str) -> str:
    """Solve the challenge of a page."""
    found = re.search(r'data-challenge="([^"]+)"', page)
    assert found, "no challenge"
    return solution(html.unescape(found[1]))
