"""Caches for the whole test run: compiled templates, and JSON schemas of the API's types."""

import copy
from dataclasses import replace
from pathlib import Path
from typing import Any

from jinja2.bccache import Bucket, BytecodeCache

from intake.web.api import openapi
from intake.web.api.operation import Operation
from intake.web.current import config


class Compiled(BytecodeCache):
    """Share compiled templates in the whole run. Compiling takes 250 ms for each application."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


class Described:
    """Schemas of the API's types for each choice of settings. Deriving them takes half a second."""

    def __init__(self) -> None:
        self._derive = openapi._shapes
        self._known: dict[tuple[object, ...], tuple[list[Operation], Any]] = {}

    def shapes(self, operations: list[Operation]) -> Any:
        """Replace `openapi._shapes`."""
        chosen = replace(config(), data_dir=Path(), database_url="")
        key = (chosen, *map(id, operations))
        if key not in self._known:
            self._known[key] = operations, self._derive(operations)
        return copy.deepcopy(self._known[key][1])
