"""Names of files and what else people type: what is one plain line, and how the rest is shown.

A name may hold anything but NUL and a slash: line breaks that would write commands into the log of
a build, colours of a terminal, or bytes of another encoding (what a Chinese archive unpacks to).
"""

from __future__ import annotations

import os
import re
from urllib.parse import urlsplit

#: Controls, ends of lines and halves of characters: in no name, identifier or address.
_UNPRINTED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
#: What is never shown as it is: those, and the marks that turn the direction of a line.
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

_COMMAND = re.compile(r"(?m:^)(?P<blank>[^\S\n]*)::|##\[")

#: What no address of the web has: blanks, backslashes, and what would end it in a page.
_NOT_IN = re.compile(r"""[\s\\<>"]""")


def is_plain(text: str) -> bool:
    """Tell whether a text is one line of whole characters, all of them printed."""
    return not _UNPRINTED.search(text)


def is_web_address(text: str) -> bool:
    """Tell whether a text is an address of the web: http or https, a host, no name or password."""
    try:
        parts = urlsplit(text)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return whole and is_plain(text) and "@" not in parts.netloc and not _NOT_IN.search(text)


def is_mail(contact: str) -> bool:
    """Tell an e-mail address from the address of a page."""
    return "@" in contact and not contact.startswith(("http://", "https://"))


def shown(text: object) -> str:
    r"""Write a name or value as part of one line: a line break in it comes out as ``\n``."""
    return _UNSHOWN.sub(lambda found: repr(found[0])[1:-1], str(text))


def printable(text: str) -> str:
    """Write the halves of characters in a text as escapes, which JSON has, too.

    So is what the log of a build on GitHub takes for a command: ``::error::`` where a line begins,
    ``##[error]`` anywhere.
    """
    whole = text.encode("utf-8", "backslashreplace").decode()
    return _COMMAND.sub(_escaped, whole)


def _escaped(command: re.Match[str]) -> str:
    blank = command["blank"]
    return r"##\u005b" if blank is None else rf"{blank}\u003a:"


def meant(name: str) -> str:
    """Show a file name whose bytes are not UTF-8 as what they are in GB18030, if they are."""
    try:
        return shown(os.fsencode(name).decode("gb18030"))
    except (UnicodeDecodeError, UnicodeEncodeError):
        return shown(name)
