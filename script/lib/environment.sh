# Sourced by the scripts beside it: finds a Python, makes .venv from the locks, and mends one that was left half made.
# Plain sh, since nothing else is certain to be there. Sets ROOT, and makes it the current folder.

. "$(dirname -- "$0")/lib/vendor.sh"

say() { printf '%s\n' "$*"; }

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

enter_root() { # enter_root SCRIPT: paths that people type are meant from where they stand
    case ${TRANSOM_DATA_DIR:-/} in
    /* | "~"*) ;;
    *) export TRANSOM_DATA_DIR="$PWD/$TRANSOM_DATA_DIR" ;;
    esac
    ROOT=$(CDPATH='' cd -- "$(dirname -- "$1")/.." && pwd -P)
    cd "$ROOT"
}

fits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))'

find_python() { # prints the first Python that fits and can make virtual environments
    without_venv=
    for name in python3.13 python3.12 python3.11 python3; do
        # Asked, not only looked for: a version manager puts commands in the path that merely print an error.
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
    fail "Transom needs Python 3.11, 3.12 or 3.13, and $(python3 --version 2>/dev/null || echo 'no Python') is what is here: install one of them, then run this again."
}

stamp() { # what .venv was made from: either lock, the project, the place (scripts in it carry it) and the Python
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
    # Without its stamp an environment was left half made, and pip would trust what is in it.
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
    say "  making the environment with $("$python" --version)"
    rm -rf .venv 2>/dev/null || true
    "$python" -m venv .venv >/dev/null 2>&1 ||
        fail "The folder $ROOT/.venv cannot be made: make $ROOT yours, or copy Transom to a folder that is, then run this again."
}

install_from() {
    total=$(grep -c '^[a-z0-9].*==' "$1")
    pip_quietly "Fetching and installing $total packages" install --require-hashes --requirement "$1"
}

pip_quietly() { # pip_quietly TITLE ARGUMENT…: shows how far it is; shows what pip said only if it fails
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
        fail "The packages cannot be fetched because the network does not answer: connect this machine (it is needed once), then run this again."
    fi
    if grep -q 'No space left on device' .venv/pip.log; then
        fail "The disk is full: make room (about 1 GB is needed), then run this again."
    fi
    tail -n 25 .venv/pip.log >&2
    fail "The packages cannot be installed; what pip said stands above."
}
