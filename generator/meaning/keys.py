"""Keys: what is called the same has the same key, wherever it stands.

Identifiers are made of them, never of positions: a row that is put in, taken out or moved changes
the identifier of no other. Only where several things of one disclosure are called the same are
they told apart by their order.
"""

from __future__ import annotations

from base64 import b32encode
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from generator.meaning.wording import fold

#: Forty bits: among ten thousand rows of a table two different names share a key in one of 20,000
#: tables, and are then told apart as two of the same name are.
_BYTES = 5


def key_of(*words: str) -> str:
    """The key of what is called by ``words``: eight letters and digits of their hash.

    Spaces, widths and kinds of quotation marks do not matter, as in all comparing.
    """
    text = "\n".join(map(fold, words)).encode("utf-8", "surrogatepass")
    return b32encode(sha256(text).digest()[:_BYTES]).decode("ascii").lower()


def told_apart(keys: Iterable[str]) -> tuple[str, ...]:
    """The keys in order, each that was there before with its count behind it: ``k``, ``k-2``."""
    seen: Counter[str] = Counter()
    taken: dict[str, None] = {}
    for key in keys:
        seen[key] += 1
        apart = key if seen[key] == 1 else f"{key}-{seen[key]}"
        while apart in taken:  # one that is called so by itself
            seen[key] += 1
            apart = f"{key}-{seen[key]}"
        taken[apart] = None
    return tuple(taken)
