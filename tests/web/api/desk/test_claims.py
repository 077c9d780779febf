from tests.web.programs import Program


def test_a_claim_is_taken_kept_and_let_go(program: Program, url: str) -> None:
    claim = program.put(f"{url}/claim").get_json()["claim"]
    assert claim["name"] == "Asel Nurbekova"
    assert program.put(f"{url}/claim").status_code == 200
    assert program.delete(f"{url}/claim").get_json()["claim"] is None
    assert program.delete(f"{url}/claim").status_code == 200


def test_somebody_else_s_is_taken_over_on_purpose_alone(program: Program, other: Program, url: str) -> None:
    program.put(f"{url}/claim")
    refused = other.put(f"{url}/claim")
    assert (refused.status_code, refused.get_json()["code"]) == (409, "claimed")
    assert refused.get_json()["detail"].startswith("Asel Nurbekova has it.")
    assert other.put(f"{url}/claim", takeover=False).status_code == 409
    taken = other.put(f"{url}/claim", takeover=True)
    assert taken.get_json()["claim"]["name"] == "Tomas Havlik"
    assert program.delete(f"{url}/claim").get_json()["claim"]["name"] == "Tomas Havlik"


def test_a_claim_needs_a_body_that_says_so(program: Program, url: str) -> None:
    assert program.put(f"{url}/claim", take_over=True).status_code == 422
