import base64
import json
import time
from typing import Any

import pytest
from altcha import Challenge, Payload, solve_challenge
from hypothesis import given
from hypothesis import strategies as st

from intake.submissions.suspicion import proof_of_work
from tests.web.proofs import solution

pytestmark = pytest.mark.usefixtures("app_settings")
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof_of_work, "ITERATIONS", 1)


def encoded(data: Any) -> str:
    return base64.b64encode(json.dumps(data).encode()).decode()


def decoded(text: str) -> Any:
    return json.loads(base64.b64decode(text))


def test_a_solution_counts_for_its_own_form() -> None:
    found = solution(proof_of_work.challenge("form"))
    assert proof_of_work.is_solved(found, "form")
    assert len(found) < proof_of_work.MOST_CHARACTERS


def test_a_solution_for_one_form_is_worth_nothing_to_another() -> None:
    found = solution(proof_of_work.challenge("form"))
    assert not proof_of_work.is_solved(found, "another form")
    assert not proof_of_work.is_solved(found, "")


def test_a_challenge_that_somebody_else_signed_is_worth_nothing() -> None:
    made = json.loads(proof_of_work.challenge("form"))
    made["signature"] = "0" * 64
    assert not proof_of_work.is_solved(solution(json.dumps(made)), "form")
    made["signature"] = None
    assert not proof_of_work.is_solved(solution(json.dumps(made)), "form")


def test_a_challenge_made_easier_is_worth_nothing() -> None:
    made = json.loads(proof_of_work.challenge("form"))
    made["parameters"]["keyPrefix"] = ""
    assert not proof_of_work.is_solved(solution(json.dumps(made)), "form")


def test_a_wrong_number_is_worth_nothing() -> None:
    found = decoded(solution(proof_of_work.challenge("form")))
    assert proof_of_work.is_solved(encoded(found), "form")
    found["solution"]["counter"] += 1
    assert not proof_of_work.is_solved(encoded(found), "form")


def test_a_number_whose_key_does_not_begin_as_asked_is_worth_nothing() -> None:
    made = Challenge.from_dict(json.loads(proof_of_work.challenge("form")))
    prefix, made.parameters.key_prefix = made.parameters.key_prefix, "ff"
    found = solve_challenge(made)
    made.parameters.key_prefix = prefix
    assert found
    assert not proof_of_work.is_solved(encoded(Payload(made, found).to_dict()), "form")


def test_a_solution_expires(monkeypatch: pytest.MonkeyPatch) -> None:
    found, now = solution(proof_of_work.challenge("form")), time.time()
    monkeypatch.setattr(time, "time", lambda: now + proof_of_work.SECONDS - 1)
    assert proof_of_work.is_solved(found, "form")
    monkeypatch.setattr(time, "time", lambda: now + proof_of_work.SECONDS + 2)
    assert not proof_of_work.is_solved(found, "form")


@pytest.mark.parametrize(
    "text", ["", "x", "\ud800", "é", encoded([]), encoded({"challenge": {}}), "A" * 2001]
)
def test_nonsense_is_no_solution(text: str) -> None:
    assert not proof_of_work.is_solved(text, "form")


@given(JSON, JSON, st.sampled_from(["algorithm", "nonce", "salt", "cost", "keyPrefix", "expiresAt", "data"]))
def test_no_body_makes_an_error(parameters: Any, changed: Any, name: str) -> None:
    made = json.loads(proof_of_work.challenge("form"))
    done = {"counter": 1, "derivedKey": "00", "time": 1}
    challenge = {**made, "parameters": {**made["parameters"], name: changed}}
    assert not proof_of_work.is_solved(encoded({"challenge": challenge, "solution": done}), "form")
    challenge["parameters"] = parameters
    assert not proof_of_work.is_solved(encoded({"challenge": challenge, "solution": done}), "form")
    assert not proof_of_work.is_solved(encoded({"challenge": made, "solution": changed}), "form")
