"""A server of S3 for tests: moto's, which keeps all in memory, with an eye on what it is asked.

It runs in an environment of its own (``.ci/setup-s3-server``), since boto3 wants an older
python-dateutil. A second, inner way in (``/-/…``) tells what was asked and lets it break off:

    /-/asked            each request since the last time, as lines “PUT /bucket/path”
    /-/break?GET=2      the third GET and all after it break off, a GET in the middle
    /-/break            answers again

There is a bucket, ``accounts``. A copy counts as COPY, a listing as LIST. What it prints first is
its port and the key of the one who may do everything; whoever else asks is refused.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from socket import SHUT_RDWR
from typing import Any
from urllib.parse import parse_qsl

_Answer = Iterable[bytes]
_ACCOUNT = "123456789012"


class Watched:
    """The server, watched."""

    def __init__(self, app: Callable[..., _Answer]) -> None:
        self.app, self.asked = app, list[str]()
        self.left: dict[str, int] = {}
        self.is_broken = False

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> _Answer:
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        if path.startswith("/-/"):
            start("200 OK", [("Content-Type", "text/plain")])
            return [self._told(path.removeprefix("/-/"), environ["QUERY_STRING"]).encode()]
        if "HTTP_X_AMZ_COPY_SOURCE" in environ:
            method = "COPY"
        elif "list-type" in environ["QUERY_STRING"]:
            method = "LIST"
        self.asked.append(f"{method} {path.encode('latin-1').decode()}")
        if not self._breaks(method):
            return self.app(environ, start)
        return _broken(self.app(environ, start) if method == "GET" else (), environ)

    def _told(self, what: str, query: str) -> str:
        if what == "asked":
            lines, self.asked = "\n".join(self.asked), []
            return lines
        self.left = {kind: int(count) for kind, count in parse_qsl(query)}
        self.is_broken = False
        return ""

    def _breaks(self, kind: str) -> bool:
        self.is_broken |= self.left.get(kind) == 0
        if kind in self.left:
            self.left[kind] -= 1
        return self.is_broken


def _broken(answer: _Answer, environ: dict[str, Any]) -> _Answer:
    """Half of an answer, and then nothing more."""
    whole = b"".join(answer)
    if whole:
        yield whole[: len(whole) // 2]
    environ["werkzeug.socket"].shutdown(SHUT_RDWR)
    raise ConnectionAbortedError


def _key() -> dict[str, str]:
    """A key of somebody who may do everything; from now on others are refused."""
    from moto import settings
    from moto.iam.models import iam_backends
    from moto.s3.models import s3_backends

    s3_backends[_ACCOUNT]["aws"].create_bucket("accounts", "us-east-1")
    backend = iam_backends[_ACCOUNT]["aws"]
    everything = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": everything})
    backend.create_user("us-east-1", "tester")
    backend.put_user_policy("tester", "all", policy)
    key = backend.create_access_key("tester")
    settings.INITIAL_NO_AUTH_ACTION_COUNT = 0
    return {"id": key.access_key_id, "secret": key.secret_access_key}


def main() -> None:
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import make_server

    app = Watched(DomainDispatcherApplication(create_backend_app))
    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    print(json.dumps({"port": server.server_port, **_key()}), flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
