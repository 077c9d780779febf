"""Tasks of children. test_answers.py tests that an answer larger than the task's `Room` is refused."""

import importlib

import pytest

from intake import sandbox
from intake.documents import answers as documents
from intake.photos import answers as photos
from intake.sandbox.answers import ChildAnswer
from intake.sandbox.limits import MB
from intake.sandbox.task import ChildTask, Room
from intake.text import answers as text

TASKS = [
    one
    for module in (sandbox, documents, photos, text)
    for one in vars(module).values()
    if isinstance(one, ChildTask)
]


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_a_task_names_a_function_and_bounds_its_answer(task: ChildTask[ChildAnswer]) -> None:
    assert callable(getattr(importlib.import_module(task.module), task.function))
    assert issubclass(task.answer, ChildAnswer)
    assert 0 < task.room.header_bytes <= 64 * MB
    assert 0 <= task.room.least_blobs <= task.room.most_blobs


def test_all_tasks_are_found() -> None:
    assert len(TASKS) == 9
    assert len({task.name for task in TASKS}) == len(TASKS)


def test_without_a_room_of_its_own_an_answer_has_no_blob() -> None:
    task = ChildTask("a.module", "work", ChildAnswer)
    assert task.name == "a.module:work"
    assert task.room == Room(header_bytes=MB, least_blobs=0, most_blobs=0)
