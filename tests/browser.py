"""Where the Chromium for the browser tests is: one answer for the tests and for the set-up.

`python -m tests.browser` prints its path, or says on standard error why there is none (exit 1).
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MACOS_APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


class BrowserMissing(Exception):
    """No Chromium that starts; the message says what was tried and the mend."""


def find_chromium() -> Path:
    """The Chromium to drive: MINGZHANG_CHROMIUM, or the first one found that starts.

    Raises:
        BrowserMissing: there is none, or MINGZHANG_CHROMIUM names one that does not start.
    """
    named = os.environ.get("MINGZHANG_CHROMIUM")
    if named:
        if not _starts(named):
            raise BrowserMissing(f"MINGZHANG_CHROMIUM={named} is not a browser that starts here.")
        return Path(named)
    for candidate in _candidates():
        if _starts(candidate):
            return Path(candidate)
    raise BrowserMissing(
        "No Chromium that starts: looked for MINGZHANG_CHROMIUM, "
        f"{', '.join(NAMES)} on PATH, the macOS applications and Playwright's own. "
        "`make test` installs one where it may; else install Chromium or Chrome yourself."
    )


def _candidates() -> Iterator[str]:
    yield from filter(None, map(shutil.which, NAMES))
    yield from MACOS_APPLICATIONS
    # Last, since asking Playwright means starting its driver.
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright.chromium.executable_path


def _starts(path: str) -> bool:
    # A name on PATH proves little: Ubuntu's chromium-browser is a script that asks for a snap.
    try:
        subprocess.run([path, "--version"], check=True, capture_output=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        return False
    return True


if __name__ == "__main__":
    try:
        print(find_chromium())
    except BrowserMissing as missing:
        sys.exit(str(missing))
