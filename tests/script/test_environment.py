"""script/lib/environment.sh and the scripts that use it, with a stub of Python."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PYTHON = """#!/bin/sh
echo "$(basename "$0") $*" >> "$CALLS"
case "$*" in
*ensurepip*) exit "${NO_VENV:-0}" ;;
"-c "*) exit "${TOO_OLD:-0}" ;;
--version) echo "Python ${VERSION:-3.11.2}" ;;
"-m venv .venv") mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
*--editable*) printf '#!/bin/sh\\necho "$$ $* $PWD $TRANSOM_DATA_DIR"' > .venv/bin/transom && chmod +x .venv/bin/transom ;;
"-m pip"*) echo "${PIP_SAYS:-}"; exit "${PIP_FAILS:-0}" ;;
esac
"""

NODE = """#!/bin/sh
echo "$(basename "$0") $*" >> "$CALLS"
case "$*" in
"-e "*) [ 24 -ge 18 ] ;;
"ci "*) [ -z "${NPM_SAYS:-}" ] || { echo "$NPM_SAYS"; exit 1; }
    mkdir -p node_modules/a && echo MIT > node_modules/a/LICENSE ;;
*esbuild*) for word in "$@"; do case $word in --outfile=*) echo bundle > "${word#*=}" ;; esac; done ;;
bundle.mjs*) [ -z "${BUNDLE_SAYS:-}" ] || { echo "$BUNDLE_SAYS"; exit 1; }
    echo "$4" > "$3/manifest.json" ;;
esac
"""


class Checkout:
    """A copy of what the scripts need, in a folder with a space in its name, and stubs of node and Python."""

    def __init__(self, folder: Path) -> None:
        self.root, self.bin, self._calls = folder / "over the transom", folder / "bin", folder / "calls"
        for name in ("script", "requirements"):
            shutil.copytree(ROOT / name, self.root / name)
        for name in ("bundles.json", "css/base.css", "js/contribute.js", "img/favicon.svg"):
            (self.root / "intake/static" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / "intake/static" / name, self.root / "intake/static" / name)
        for name in ("pyproject.toml", "package.json", "package-lock.json"):
            shutil.copy(ROOT / name, self.root)
        self.bin.mkdir()
        for tool in (
            "sh",
            "dirname",
            "basename",
            "cat",
            "sha256sum",
            "cut",
            "rm",
            "mkdir",
            "cp",
            "chmod",
            "grep",
            "sleep",
            "tail",
            "mv",
            "find",
            "sort",
            "xargs",
        ):
            (self.bin / tool).symlink_to(str(shutil.which(tool)))

        self.node()

    def node(self, version: int = 24) -> None:
        """Add stubs of node and npm, which record their arguments."""
        for name in ("node", "npm"):
            (self.bin / name).write_text(NODE.replace("24", str(version)))
            (self.bin / name).chmod(0o755)

    def python(self, name: str = "python3.11") -> None:
        (self.bin / name).write_text(PYTHON)
        (self.bin / name).chmod(0o755)

    def run(self, script: str = "server", *args: str, **env: str) -> "subprocess.CompletedProcess[str]":
        program = [str(self.root / "script" / script), *args]
        env = {"PATH": str(self.bin), "CALLS": str(self._calls)} | env
        return subprocess.run(
            program, env=env, cwd=self.bin.parent, capture_output=True, text=True, check=False
        )

    def calls(self, word: str) -> list[str]:
        """Recorded calls that contain `word`, since the last use of this method."""
        lines = self._calls.read_text().splitlines() if self._calls.exists() else []
        self._calls.write_text("")
        return [line for line in lines if word in line]


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_the_first_start_installs_from_the_lock_and_then_starts(checkout: Checkout) -> None:
    checkout.python()
    done = checkout.run("server", "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].split(" ", 1)[1] == f"up --help {checkout.root} "
    installs = checkout.calls("install")
    assert "--require-hashes --requirement requirements/run.lock" in installs[0]
    assert "--no-deps --no-build-isolation --editable ." in installs[1]


def test_a_second_start_installs_nothing(checkout: Checkout) -> None:
    checkout.python()
    checkout.run()
    checkout.calls("")
    done = checkout.run()
    assert len(done.stdout.splitlines()) == 1
    assert checkout.calls("-m ") == []


def test_the_server_takes_the_script_s_place_so_that_signals_reach_it(checkout: Checkout) -> None:
    checkout.python()
    checkout.run()
    env = {"PATH": str(checkout.bin), "CALLS": os.devnull}
    with subprocess.Popen(
        [checkout.root / "script" / "server"], env=env, stdout=subprocess.PIPE, text=True
    ) as running:
        out, _ = running.communicate()
    assert out.split()[0] == str(running.pid)


def test_a_data_folder_is_meant_from_where_one_stands(checkout: Checkout) -> None:
    checkout.python()
    here = checkout.bin.parent
    assert checkout.run(TRANSOM_DATA_DIR="my data").stdout.rstrip().endswith(f" {here}/my data")
    assert checkout.run(TRANSOM_DATA_DIR="/my data").stdout.rstrip().endswith(" /my data")


def test_a_changed_lock_is_installed_into_what_is_there(checkout: Checkout) -> None:
    checkout.python()
    checkout.run()
    checkout.calls("")
    with (checkout.root / "requirements" / "run.lock").open("a") as lock:
        lock.write("new==1\n")
    assert checkout.run().returncode == 0
    calls = checkout.calls("-m ")
    assert not [call for call in calls if "venv" in call]
    assert len([call for call in calls if "install" in call]) == 2


def test_an_interrupted_set_up_is_begun_anew(checkout: Checkout) -> None:
    checkout.python()
    assert checkout.run(PIP_FAILS="1").returncode == 1
    half = checkout.root / ".venv" / "half"
    half.write_text("")
    assert checkout.run().returncode == 0
    assert not half.exists()


def test_an_environment_whose_python_is_gone_is_made_anew(checkout: Checkout) -> None:
    checkout.python()
    checkout.run()
    (checkout.root / ".venv" / "bin" / "python").unlink()
    checkout.calls("")
    assert checkout.run().returncode == 0
    assert len(checkout.calls("-m venv")) == 1


def test_a_moved_checkout_is_installed_again(checkout: Checkout) -> None:
    checkout.python()
    checkout.run()
    checkout.calls("")
    checkout.root = checkout.root.rename(checkout.root.with_name("elsewhere"))
    assert checkout.run().returncode == 0
    assert len(checkout.calls("--editable")) == 1


def test_tools_for_work_serve_the_server_too_but_not_the_reverse(checkout: Checkout) -> None:
    checkout.python()
    checkout.run("setup")
    assert "dev.lock" in checkout.calls("--requirement")[0]
    checkout.run("server")
    assert checkout.calls("install") == []
    shutil.rmtree(checkout.root / ".venv")
    checkout.run("server")
    checkout.calls("")
    checkout.run("setup")
    assert "dev.lock" in checkout.calls("--requirement")[0]


def test_the_newest_python_that_works_is_taken(checkout: Checkout) -> None:
    checkout.python("python3.11")
    checkout.python("python3.12")
    shim = checkout.bin / "python3.13"
    shim.write_text("#!/bin/sh\necho 'command not found' >&2; exit 127\n")
    shim.chmod(0o755)
    assert checkout.run().returncode == 0
    assert checkout.calls("-m venv") == ["python3.12 -m venv .venv"]


def refusal(done: "subprocess.CompletedProcess[str]") -> str:
    assert done.returncode == 1, done
    assert done.stderr.count("\n") == 1
    return done.stderr


def test_no_python_is_one_sentence(checkout: Checkout) -> None:
    assert "needs Python 3.11, 3.12 or 3.13. This machine has no Python." in refusal(checkout.run())


def test_an_old_python_is_one_sentence(checkout: Checkout) -> None:
    checkout.python("python3")
    assert "This machine has Python 3.9.2." in refusal(checkout.run(TOO_OLD="1", VERSION="3.9.2"))


def test_a_missing_venv_module_is_one_sentence(checkout: Checkout) -> None:
    checkout.python()
    assert "apt install python3.11-venv" in refusal(checkout.run(NO_VENV="1"))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            "WARNING: Retrying … NewConnectionError: [Errno -3] Temporary failure",
            "the network does not answer",
        ),
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
    ],
)
def test_why_packages_could_not_be_installed(checkout: Checkout, said: str, sentence: str) -> None:
    checkout.python()
    assert sentence in refusal(checkout.run(PIP_FAILS="1", PIP_SAYS=said))


def test_what_pip_said_is_shown_when_we_do_not_know_better(checkout: Checkout) -> None:
    checkout.python()
    done = checkout.run(PIP_FAILS="1", PIP_SAYS="hashes do not match")
    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == "hashes do not match"


def test_with_arguments_only_the_tests_are_run(checkout: Checkout) -> None:
    checkout.python()
    checkout.run("setup")
    pytest_itself = checkout.root / ".venv" / "bin" / "pytest"
    pytest_itself.write_text('#!/bin/sh\necho "pytest $*"')
    pytest_itself.chmod(0o755)
    assert checkout.run("test", "tests/local", "-x").stdout == "pytest tests/local -x\n"


@pytest.mark.parametrize(
    ("arguments", "slow", "planted"),
    [([], "not slow", ""), (["--everything"], "", "2000")],
    ids=["gate", "everything"],
)
def test_without_paths_lint_runs_beside_the_tests(
    checkout: Checkout, arguments: list[str], slow: str, planted: str
) -> None:
    checkout.python()
    checkout.run("setup")
    for tool in ("ruff", "mypy", "pytest"):
        pretended = checkout.root / ".venv" / "bin" / tool
        pretended.write_text(f'#!/bin/sh\necho "{tool} $*|${{TRANSOM_PLANTED:-}}"')
        pretended.chmod(0o755)
    tests, *lint = checkout.run("test", *arguments).stdout.splitlines()
    assert lint == ["ruff check .|" + planted, "ruff format --check .|" + planted, "mypy |" + planted]
    assert tests == f"pytest -n auto --dist loadgroup --durations 30 -m {slow}|{planted}"


@pytest.mark.parametrize("failing", ["ruff", "mypy", "pytest"])
def test_the_gate_fails_if_lint_or_a_test_fails_and_says_what_both_found(
    checkout: Checkout, failing: str
) -> None:
    checkout.python()
    checkout.run("setup")
    for tool in ("ruff", "mypy", "pytest"):
        pretended = checkout.root / ".venv" / "bin" / tool
        pretended.write_text(f"#!/bin/sh\necho said by {tool}\nexit {int(tool == failing)}")
        pretended.chmod(0o755)
    done = checkout.run("test")
    assert done.returncode == 1
    assert {"said by ruff", "said by pytest"} <= set(done.stdout.splitlines())
    assert ("Lint found something:" in done.stdout) == (failing != "pytest")


@pytest.mark.slow
def test_real_pip_without_a_network(checkout: Checkout, tmp_path: Path) -> None:
    (checkout.bin / "python3.11").symlink_to(sys.executable)
    (checkout.root / "requirements" / "run.lock").write_text("nothing==1 --hash=sha256:00\n")
    done = checkout.run(
        PIP_CONFIG_FILE=os.devnull, PIP_INDEX_URL="http://127.0.0.1:9/simple", HOME=str(tmp_path)
    )
    assert "the network does not answer" in refusal(done)
