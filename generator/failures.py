"""What went wrong, told in one line: what, where and the mend, with the exit code."""

from __future__ import annotations

import errno

from generator import __version__, journal
from generator.names import shown
from generator.problems import MingzhangError
from generator.stage_limits import lacks_memory

#: What to do about what the system refuses.
_MENDS = {
    errno.ENOSPC: "make room on the disk",
    errno.EDQUOT: "make room on the disk",
    errno.EFBIG: "the system allows no file of this size",
    errno.EROFS: "name a folder that can be written",
    errno.EACCES: "name a folder that can be written, or change who may",
    errno.EPERM: "name a folder that can be written, or change who may",
    errno.EMFILE: "allow more open files (ulimit -n)",
    errno.ENAMETOOLONG: "give it a shorter name",
    errno.EADDRINUSE: "name another --port",
}


def told(error: Exception) -> int:
    """Tell of an error in one line, and return its exit code: 3 for one that nobody foresaw."""
    if isinstance(error, MingzhangError):
        journal.LOG.error(str(error))
    elif isinstance(error, OSError):
        journal.LOG.error(_of_the_system(error), exc_info=journal.is_verbose())
    elif lacks_memory(error):
        mend = "close other programs, or build fewer disclosures at once"
        journal.LOG.error(f"not enough memory; {mend}; what was published before is as it was")
    else:
        journal.LOG.error(_unforeseen(error), exc_info=journal.is_verbose())
        return 3
    return 2


def _of_the_system(error: OSError) -> str:
    place = f"{shown(error.filename)}: " if error.filename else ""
    mend = _MENDS.get(error.errno or 0, "check the place and who may write there")
    return f"{place}{error.strerror or error}; {mend}; what was published before is as it was"


def _unforeseen(error: Exception) -> str:
    mend = "" if journal.is_verbose() else "; --verbose shows where"
    what = " ".join(f"{type(error).__name__}: {error}".split())
    return (
        f"{what} (a mistake of mingzhang {__version__}: please report "
        f"this to whoever you have it from{mend})"
    )
