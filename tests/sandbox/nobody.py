"""Programs that run as an ordinary user."""

import os
import shutil

import pytest

NOBODY = "65534"
_CAPABILITY = "+dac_read_search"
# The tests' Python may lie in a folder of root's, so nobody may read all files, and nothing else.
COMMAND = [
    "setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups",
    f"--inh-caps={_CAPABILITY}", f"--ambient-caps={_CAPABILITY}",
]  # fmt: skip
"""Prefix of a command that runs as nobody."""

needs_root = pytest.mark.skipif(
    os.getuid() != 0 or not shutil.which("setpriv"), reason="only root can become nobody, with setpriv"
)
