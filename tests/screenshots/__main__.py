"""`python -m tests.screenshots`: see script/screenshots."""

import io
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser import ARGS, NO_BROWSER, find_browser
from tests.journeys.people import PASSWORD
from tests.screenshots.shots import FOLDER, MOST_BYTES, SHOTS, files
from tests.waiting import until
from tests.whole import Whole, running

WIDTH, HEIGHT = 1280, 1040
QUALITY = 80
# Languages of the demo → the Debian package with a font for their script. Without it Chromium draws empty boxes.
FONTS = {"my": "fonts-sil-padauk", "ug": "fonts-dejavu-core", "kk": "fonts-dejavu-core"}
IDLE_SECONDS = 120
# The scheduler samples the queues at full multiples of five minutes, and looks at the clock every second.
SAMPLE_SECONDS = 300
SAMPLE_DELAY_SECONDS = 5
# Photos below the screen load only when scrolled into view, so they are not waited for.
DRAWN = """[...document.images].every(image =>
    image.getBoundingClientRect().top > innerHeight || (image.complete && image.naturalWidth > 0))"""
IDLE = re.compile(r"\b0 waiting +0 running")


def main(names: Sequence[str]) -> None:
    """Start an installation, fill it with the demo, and take all pictures, or those named."""
    unknown = set(names) - files().keys()
    if unknown:
        sys.exit(f"Unknown: {', '.join(sorted(unknown))}. Pictures: {', '.join(files())}.")
    if missing := _missing_fonts():
        sys.exit(f"Fonts are missing: apt install {' '.join(missing)}")
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as whole, sync_playwright() as player:
        path = find_browser(player)
        if path is None:
            sys.exit(f"No picture was made: {NO_BROWSER}. Install Chromium (apt install chromium).")
        _fill(whole)
        if any(files()[name][0] == "admin" for name in names or files()):
            _wait_for_sample()
        browser = player.chromium.launch(executable_path=path, args=ARGS)
        for name in names or files():
            print(f"{name}: {_save(name, _take(whole, browser, name)):,} bytes", flush=True)
        browser.close()


def _missing_fonts() -> list[str]:
    """Packages to install, as far as fontconfig can tell."""
    if shutil.which("fc-list") is None:
        return []
    found = {
        language: subprocess.run(["fc-list", f":lang={language}"], capture_output=True, check=True).stdout
        for language in FONTS
    }
    return sorted({FONTS[language] for language, fonts in found.items() if not fonts})


def _fill(whole: Whole) -> None:
    """Send the demo's data."""
    done = whole.transom("demo", "--password", PASSWORD)
    if done.returncode:
        sys.exit(done.stderr)


def _wait_for_sample() -> None:
    """Wait for the next sample of the queues: the figures of the admin page come from it."""
    seconds = SAMPLE_SECONDS - time.time() % SAMPLE_SECONDS + SAMPLE_DELAY_SECONDS
    print(f"Waiting {seconds:.0f} s for the next sample of the queues.", flush=True)
    time.sleep(seconds)


def _is_idle(whole: Whole) -> bool:
    """Return whether no job waits or runs. Canaries, sent every minute, are jobs too."""
    lines = whole.transom("queue", "list").stdout.splitlines()
    return bool(lines) and all(IDLE.search(line) for line in lines)


def _take(whole: Whole, browser: Browser, name: str) -> bytes:
    """PNG of the top of the page, with times in UTC and without animations."""
    shot, scheme = files()[name]
    until(lambda: _is_idle(whole), IDLE_SECONDS)
    context = browser.new_context(
        base_url=whole.settings.base_url,
        viewport={"width": WIDTH, "height": HEIGHT},
        color_scheme=scheme,
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="UTC",
    )
    page = context.new_page()
    SHOTS[shot](page)
    # By the load event, scripts have added their buttons to the page.
    page.wait_for_load_state("load")
    page.evaluate("document.fonts.ready")
    until(lambda: page.evaluate(DRAWN))
    taken = page.screenshot(animations="disabled", caret="hide")
    context.close()
    return taken


def _save(name: str, png: bytes) -> int:
    """Write the picture as WebP. Returns its size in bytes."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / name
    Image.open(io.BytesIO(png)).convert("RGB").save(path, "WEBP", quality=QUALITY, method=6)
    size = path.stat().st_size
    if size > MOST_BYTES:
        sys.exit(f"{name} has {size:,} bytes, more than {MOST_BYTES:,}.")
    return size


if __name__ == "__main__":
    main(sys.argv[1:])
