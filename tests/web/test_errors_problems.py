from intake.web import Transom
from intake.web.errors import problem


def test_a_problem_document(app: Transom) -> None:
    with app.test_request_context():
        answer = problem(422, "A title", "A detail.", errors={"title": ["Too long."]})
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert answer.get_json() == {
        "type": "about:blank",
        "title": "A title",
        "status": 422,
        "detail": "A detail.",
        "errors": {"title": ["Too long."]},
    }
