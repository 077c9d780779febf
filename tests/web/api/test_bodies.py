"""Every request body class refuses values of a wrong type, with a message that says what to send."""

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import ValidationError
from werkzeug.exceptions import BadRequest

from intake.web import Transom
from intake.web.api.desk.notes_messages import NoteBody
from intake.web.api.operation import Operation
from intake.web.api.request_body import (
    OTHER,
    SENTENCES,
    Body,
    Fields,
    InvalidBody,
    read_body,
    read_form,
    read_query,
)
from intake.web.api.request_body import QueryString as QueryBody
from intake.web.forms.decision import OTHER_REASON
from tests.web.described import document, hold

NESTED = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
RAW = {"missing", "Input should", "validation", "valid string"}
"""Words of pydantic's own messages, which responses must not contain."""


def operations(app: Transom) -> Iterator[Operation]:
    for view in app.view_functions.values():
        if (operation := getattr(view, "operation", None)) is not None:
            yield operation


def bodies(app: Transom) -> list[tuple[type[Body], dict[str, Any]]]:
    """Return every class of a JSON body, with the operation's example."""
    return [(one.body, dict(one.example or {})) for one in operations(app) if one.body is not None]


def read(app: Transom, kind: type[Body], sent: object) -> Body:
    with app.test_request_context(method="POST", data=json.dumps(sent), content_type="application/json"):
        return read_body(kind)


def is_told(error: InvalidBody) -> None:
    assert error.errors
    for sentences in error.errors.values():
        assert sentences
        for sentence in sentences:
            assert sentence[0].isupper(), sentence
            assert sentence.endswith("."), sentence
            assert not any(word in sentence for word in RAW), sentence
            assert sentence != OTHER


def fits(app: Transom, kind: type[Body], sent: object) -> bool:
    """Return whether the OpenAPI document's schema allows a value."""
    try:
        hold(app, sent, {"$ref": f"#/components/schemas/{kind.__name__}"})
    except ValidationError:
        return False
    return True


def test_every_example_is_taken(app: Transom) -> None:
    found = bodies(app)
    assert len(found) == 39
    for kind, example in found:
        assert isinstance(read(app, kind, example), kind)


# Fields whose valid values depend on the changed submission or reply, so the schema cannot list them.
LATER = {"section", "language", "changed_at"}


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_value_of_any_kind_in_any_field_is_taken_or_refused_in_words(app: Transom, data: Any) -> None:
    """Test that no value raises an unexpected error, which would be a 500."""
    kind, example = data.draw(st.sampled_from(bodies(app)))
    name = data.draw(st.sampled_from(sorted(kind.model_fields)))
    sent = {**example, name: data.draw(NESTED)}
    try:
        read(app, kind, sent)
    except InvalidBody as error:
        is_told(error)
    else:
        assert name in LATER or fits(app, kind, sent), (kind, sent)


WRONG: dict[str, list[Any]] = {
    "string": [None, True, 3, 0.5, [], {}],
    "integer": [True, 0.5, "3", [], {}],
    "number": [True, "0.5", [], {}],
    "boolean": [0, 1, "true", "y", [], {}],
    "array": [True, 3, "x", {}],
    "object": [True, 3, "x", []],
}


def types(schema: dict[str, Any]) -> set[str]:
    """Return the JSON types of a field. References count as objects."""
    found = {schema["type"]} if "type" in schema else set()
    found |= {kind for one in schema.get("anyOf", ()) for kind in types(one)}
    return found | ({"object"} if "$ref" in schema else set())


def test_no_field_takes_a_value_of_another_type(app: Transom) -> None:
    """Test that values are not converted, such as the number 3 and the string "3"."""
    tried = 0
    for kind, example in bodies(app):
        for name, schema in document(app)["components"]["schemas"][kind.__name__]["properties"].items():
            wrong = [WRONG[one] for one in types(schema) - {"null"}]
            taken = types(schema)
            for value in wrong[0]:
                if (value is None and "null" in taken) or (isinstance(value, dict) and "object" in taken):
                    continue
                with pytest.raises(InvalidBody) as caught:
                    read(app, kind, {**example, name: value})
                is_told(caught.value)
                # The error must be reported at the wrong field.
                assert name in caught.value.errors, (kind, name, value)
                tried += 1
    assert tried > 200


def test_an_unknown_field_is_refused_everywhere(app: Transom) -> None:
    for kind, example in bodies(app):
        with pytest.raises(InvalidBody) as caught:
            read(app, kind, {**example, "mesage": "x"})
        assert caught.value.errors == {"mesage": [SENTENCES["extra_forbidden"]]}


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_text_in_a_query_or_a_form_is_taken_or_refused_in_words(app: Transom, data: Any) -> None:
    kinds = [kind for one in operations(app) for kind in (one.query, one.form) if kind is not None]
    kind = data.draw(st.sampled_from(kinds))
    names = sorted(field.alias or name for name, field in kind.model_fields.items())
    sent = data.draw(st.dictionaries(st.sampled_from(names), st.text(max_size=20)))
    reader, where = (read_query, "query_string") if issubclass(kind, QueryBody) else (read_form, "data")
    with app.test_request_context(method="POST", **{where: sent}):
        try:
            assert isinstance(reader(kind), kind)
        except InvalidBody as error:
            is_told(error)


@pytest.mark.parametrize(
    ("operation", "changes", "field", "sentence"),
    [
        ("addNote", {"body": 3}, "body", "Please send a string."),
        ("addNote", {"body": None}, "body", "Please send a string."),
        ("addNote", {"body": "x" * 2001}, "body", "Please keep this to 2000 characters."),
        ("addNote", {"body": " "}, "body", "Please write something."),
        ("reopen", {"version": "4"}, "version", "Please send a whole number."),
        ("reopen", {"version": 4.5}, "version", "Please send a whole number."),
        ("reopen", {"version": 2**40}, "version", "Please send a number of at most 2147483647."),
        ("reopen", {"version": -1}, "version", "Please send a number of at least 0."),
        ("cropPhoto", {"x": 40}, "x", "Please send a number of at most 0.999."),
        ("cropPhoto", {"x": float("nan")}, "x", "Please send a number."),
        ("cropPhoto", {"x": float("inf")}, "x", "Please send a number."),
        ("cropPhoto", {"width": "1"}, "width", "Please send a number."),
        ("cropPhoto", {"focus_y": 2}, "focus_y", "Please send a number of at most 1."),
        ("claim", {"takeover": "yes"}, "takeover", "Please send true or false."),
        ("redactPhoto", {"marks": []}, "marks", "Please send at least 1 of these."),
        ("redactPhoto", {"marks": {}}, "marks", "Please send a list."),
        ("redactPhoto", {"marks": [3]}, "marks", "Please send an object."),
        ("askBatch", {"token": "x"}, "token", "Please send a UUID."),
        ("decide", {"verdict": "accept", "code": "late"}, "code", OTHER_REASON),
        (
            "runNow",
            {"kind": "photo.clean"},
            "kind",
            "Please choose one of 'canaries', 'housekeeping.sweep', 'housekeeping.scrub', 'notify.digest', 'retention.run' or 'notify.head'.",
        ),
    ],
)
def test_sentences_say_what_to_send(
    app: Transom, operation: str, changes: dict[str, Any], field: str, sentence: str
) -> None:
    (one,) = (one for one in operations(app) if one.name == operation)
    assert one.body
    with pytest.raises(InvalidBody) as caught:
        read(app, one.body, {**(one.example or {}), **changes})
    assert caught.value.errors == {field: [sentence]}


@pytest.mark.parametrize("sent", [b'{"body": "\\ud800"}', b"{", b"\xff", b"", b"[" * 10_000])
def test_what_is_no_json_is_a_bad_request(app: Transom, sent: bytes) -> None:
    """Test also half of a surrogate pair, which PostgreSQL cannot store."""
    asking = app.test_request_context(method="POST", data=sent, content_type="application/json")
    with asking, pytest.raises(BadRequest):
        read_body(NoteBody)


def test_a_form_may_have_fields_that_are_not_known(app: Transom) -> None:
    """Unknown fields must be ignored, as browsers send further ones, such as the form's token."""
    forms = [one.form for one in operations(app) if one.form is not None]
    assert len(forms) == 6
    assert all(issubclass(form, Fields) for form in forms)


def test_a_batch_names_each_submission_once(app: Transom) -> None:
    (batch,) = (one.body for one in operations(app) if one.name == "previewBatch" and one.body)
    item = {"id": str(uuid.uuid4()), "version": 1}
    with pytest.raises(InvalidBody) as caught:
        read(app, batch, {"verdict": "hold", "items": [item, item]})
    assert caught.value.errors == {"items": ["Please name each submission once."]}
