import pytest

from intake.documents.refusal import DocumentRefused
from intake.documents.rtf.flow import Flow, Shape
from intake.documents.rtf.state import State
from intake.documents.rtf.text_sink import MAX_CHARS, TextSink


def test_a_letter_may_come_in_two_parts() -> None:
    sink, state = TextSink(), State(Flow())
    sink.header.encoding = "gbk"
    sink.add_bytes(b"\xc4", state)
    sink.add_bytes(b"\xe3", state)
    sink.add_unit(0x4F60, state)
    sink.flush(state)
    state.flow.finish(Shape())
    assert state.flow.blocks == ["<p>你你</p>"]


def test_runs_of_one_hidden_passage_count_once() -> None:
    sink, state = TextSink(), State(Flow())
    for text, hidden in (("a", True), (" ", False), ("b", True), ("c", False), ("d", True), (" ", True)):
        sink.put(text, state._replace(hidden=hidden))
    assert sink.removed == {"hidden": 2}


def test_the_result_has_a_limit() -> None:
    with pytest.raises(DocumentRefused, match="too_long"):
        TextSink().spend(MAX_CHARS + 1)


def test_tags_count_where_they_change() -> None:
    sink, state = TextSink(), State(Flow())
    for place in range(MAX_CHARS // 9):
        sink.put("a", state._replace(bold=place % 2 == 0))
    sink.spend(MAX_CHARS // 9 * 4)
    with pytest.raises(DocumentRefused, match="too_long"):
        sink.spend(MAX_CHARS // 9)
