"""A bucket of S3 that tests look into, and the server that has it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import obstore
import pytest
from obstore.store import S3Store

from tests.doors import ROOT

PYTHON = ROOT / ".cache" / "s3-server" / "bin" / "python"
BUCKET = "accounts"


class Bucket:
    """The bucket of a server that runs, and what it was asked."""

    def __init__(self, said: dict[str, str]) -> None:
        self.address = f"http://127.0.0.1:{said['port']}"
        self.secret = said["secret"]
        #: What the environment of a program says that may ask it.
        self.environment = {
            "AWS_ACCESS_KEY_ID": said["id"],
            "AWS_SECRET_ACCESS_KEY": said["secret"],
            "AWS_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": self.address,
        }
        self._store = S3Store(
            BUCKET,
            access_key_id=said["id"],
            secret_access_key=said["secret"],
            region="us-east-1",
            endpoint=self.address,
            client_options={"allow_http": True},
        )

    def put(self, place: str, data: bytes) -> None:
        obstore.put(self._store, place, data)

    def delete(self, place: str) -> None:
        obstore.delete(self._store, place)

    def type_of(self, place: str) -> str:
        return obstore.get(self._store, place).attributes["Content-Type"]

    def files(self, folder: str) -> dict[str, bytes]:
        """All that lies below a folder, without what only the publishing itself knows."""
        return {
            path.removeprefix(f"{folder}/"): bytes(obstore.get(self._store, path).bytes())
            for path in self.sums(folder)
        }

    def sums(self, folder: str) -> dict[str, str]:
        """The MD5 of each of these, as the server tells it."""
        every = [each for part in obstore.list(self._store, folder) for each in part]
        tags = {each["path"]: (each["e_tag"] or "").strip('"') for each in every}
        return {path: tag for path, tag in tags.items() if "/.mingzhang-" not in path}

    def asked(self) -> list[str]:
        """What was asked since the last time: COPY, GET, LIST, POST or PUT, and a path."""
        return self._tell("asked").splitlines()

    @contextmanager
    def breaking(self, **after: int) -> Iterator[None]:
        """Break off the request after so many of a kind, and all that follow."""
        self._tell("break?" + "&".join(f"{kind}={count}" for kind, count in after.items()))
        try:
            yield
        finally:
            self._tell("break")

    def _tell(self, what: str) -> str:
        with urlopen(f"{self.address}/-/{what}") as answer:
            return str(answer.read().decode())


@contextmanager
def bucket() -> Iterator[Bucket]:
    """Start a server; a test that needs one skips where there is none, but never in CI."""
    if not PYTHON.is_file() and not os.environ.get("CI"):
        pytest.skip("needs a server of S3: run .ci/setup-s3-server")
    with subprocess.Popen(
        [PYTHON, Path(__file__).with_name("s3_server.py")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout
        try:
            yield Bucket(json.loads(process.stdout.readline()))
        finally:
            process.kill()
