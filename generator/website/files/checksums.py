"""The sizes and checksums of all that can be downloaded, for programs and for `sha256sum`."""

from __future__ import annotations

from generator.website.output.folder import Output

CSV, SUMS = "data/checksums.csv", "data/SHA256SUMS"


def write_checksums(output: Output) -> None:
    """Write both lists: of every download so far, its address below the root of the site.

    Who has the whole site checks it with `sha256sum --check data/SHA256SUMS`.
    """
    found = sorted(output.checksums.items())
    rows = [f"{path},{size},{digest}\n" for path, (size, digest) in found]
    output.download(CSV, "".join(["path,bytes,sha256\n", *rows]).encode())
    sums = [f"{digest}  {path}\n" for path, (_size, digest) in found]
    output.download(SUMS, "".join(sums).encode())
