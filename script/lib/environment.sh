# Sourced by the other scripts: finds a Python, creates .venv from the locks, and repairs an incomplete one.
# Plain sh, because nothing else is sure to be installed. Sets ROOT and changes to it.

. "$(dirname -- "$0")/lib/vendor.sh"

say() { printf '%s\n' "$*"; }

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

enter_root() { # enter_root SCRIPT: change to ROOT. A relative TRANSOM_DATA_DIR stays relative to the present folder
    case ${TRANSOM_DATA_DIR:-/} in
    /* | "~"*) ;;
    *) export TRANSOM_DATA_DIR="$PWD/$TRANSOM_DATA_DIR" ;;
    esac
    ROOT=$(CDPATH='' cd -- "$(dirname -- "$1")/.." && pwd -P)
    cd "$ROOT"
}

fits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))'

find_python() { # print the first supported Python that can create virtual environments
    without_venv=
    for name in python3.13 python3.12 python3.11 python3; do
        # Run it, because version managers put commands in the path that only print an error.
        "$name" -c "$fits" >/dev/null 2>&1 || continue
        if "$name" -c 'import ensurepip, venv' >/dev/null 2>&1; then
            command -v "$name"
            return
        fi
        without_venv=${without_venv:-$name}
    done
    if [ -n "$without_venv" ]; then
        fail "$without_venv lacks the module venv: install it (on Debian: apt install ${without_venv}-venv), then run this again."
    fi
    fail "Transom needs Python 3.11, 3.12 or 3.13. This machine has $(python3 --version 2>/dev/null || echo 'no Python'). Install one of them, then run this again."
}

stamp() { # hash of everything that .venv depends on: locks, project, location (its scripts contain it) and Python
    {
        cat requirements/run.lock requirements/dev.lock pyproject.toml
        printf '%s\n' "$ROOT"
        .venv/bin/python --version
    } 2>/dev/null | sha256sum | cut -d ' ' -f 1
}

up_to_date() { # up_to_date run|dev
    [ -f .venv/transom-stamp ] && .venv/bin/python -c "$fits" 2>/dev/null || return 1
    read -r made kind <.venv/transom-stamp || return 1
    [ "$made" = "$(stamp)" ] && { [ "$kind" = "$1" ] || [ "$kind" = dev ]; }
}

set_up() { # set_up run|dev
    set_up_python "$1"
    vendor
}

set_up_python() {
    up_to_date "$1" && return
    say "Setting up in $ROOT/.venv (the first time takes a minute or two)"
    # An environment without a stamp is incomplete, but pip would take its packages for installed.
    if [ ! -f .venv/transom-stamp ] || ! .venv/bin/python -c "$fits" 2>/dev/null; then
        make_venv
    fi
    rm -f .venv/transom-stamp
    install_from "requirements/$1.lock"
    pip_quietly "Installing Transom itself" install --no-deps --no-build-isolation --editable .
    rm -f .venv/pip.log
    printf '%s %s\n' "$(stamp)" "$1" >.venv/transom-stamp
}

make_venv() {
    python=$(find_python) || exit 1
    say "  creating the environment with $("$python" --version)"
    rm -rf .venv 2>/dev/null || true
    "$python" -m venv .venv >/dev/null 2>&1 ||
        fail "The folder $ROOT/.venv cannot be created. Make $ROOT writable, or copy Transom to a folder of your own, then run this again."
}

install_from() {
    total=$(grep -c '^[a-z0-9].*==' "$1")
    pip_quietly "Fetching and installing $total packages" install --require-hashes --requirement "$1"
}

pip_quietly() { # pip_quietly TITLE ARGUMENT…: run pip with a progress line. Show its output only if it fails
    title=$1
    shift
    .venv/bin/python -m pip --disable-pip-version-check --no-input --retries 1 "$@" >.venv/pip.log 2>&1 &
    pip=$!
    trap 'kill $pip 2>/dev/null; exit 130' INT TERM
    while kill -0 $pip 2>/dev/null; do
        [ -t 1 ] && printf '\r  %s: %s ' "$title" "$(how_far)"
        sleep 0.2
    done
    trap - INT TERM
    if wait $pip; then
        [ -t 1 ] && printf '\r'
        say "  $title: done          "
        return
    fi
    [ -t 1 ] && say
    explain_pip
}

how_far() {
    if grep -q '^Installing collected' .venv/pip.log 2>/dev/null; then
        printf 'unpacking'
    else
        grep -c '^ *Collecting' .venv/pip.log 2>/dev/null || true
    fi
}

explain_pip() {
    if grep -Eq 'NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|ProxyError|Max retries|Network is unreachable' .venv/pip.log; then
        fail "The packages cannot be downloaded because the network does not answer. Connect this machine to the internet, then run this again."
    fi
    if grep -q 'No space left on device' .venv/pip.log; then
        fail "The disk is full. Free about 1 GB, then run this again."
    fi
    tail -n 25 .venv/pip.log >&2
    fail "The packages cannot be installed. See the output of pip above."
}
