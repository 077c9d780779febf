"""Programs that run as an ordinary user."""

import os
import shutil

import pytest

NOBODY = "65534"
_CAPABILITY = "+dac_read_search"
# Python may be installed in a folder of root, so the user `nobody` gets the capability to read all files, only.
COMMAND = [
    "setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups",
    f"--inh-caps={_CAPABILITY}", f"--ambient-caps={_CAPABILITY}",
]  # fmt: skip
"""Prefix of a command that runs as the user `nobody`."""

needs_root = pytest.mark.skipif(
    os.getuid() != 0 or not shutil.which("setpriv"), reason="only root can become nobody, with setpriv"
)
