"""Sources on the web, by a list of them; and addresses that are refused."""

from __future__ import annotations

import functools
import hashlib
import http.server
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.doors import run

#: What is fetched matters here, and not what is read of it.
TEXT = b"nothing that could be read, on many lines\n" * 50
NOTE = b"of no matter\n"


class Web:
    """A folder that a server shows, where it is, and what it was asked."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.asked, self.half = folder, list[tuple[str, int]](), ""
        handler = functools.partial(_Handler, self, directory=str(folder))
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def put(self, place: str, data: bytes) -> None:
        (self.folder / place).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / place).write_bytes(data)

    def offer(self, **files: bytes) -> None:
        """Put files there, and the list that ``sha256sum`` writes of them."""
        places = {name.replace("__", "."): data for name, data in files.items()}
        for place, data in places.items():
            self.put(f"in/{place}", data)
        lines = (f"{hashlib.sha256(data).hexdigest()}  {at}\n" for at, data in places.items())
        self.put("in/SHA256SUMS", "".join(lines).encode())

    def asked_since(self) -> list[tuple[str, int]]:
        asked, self.asked = self.asked, []
        return sorted(asked)


class _Handler(http.server.SimpleHTTPRequestHandler):
    def __init__(self, web: Web, *arguments: Any, directory: str) -> None:
        self.web = web
        super().__init__(*arguments, directory=directory)

    def copyfile(self, source: Any, outputfile: Any) -> None:
        if self.web.half and self.path.endswith(self.web.half):
            outputfile.write(source.read(100))  # of what was promised
            return
        super().copyfile(source, outputfile)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        self.web.asked.append((self.path.rpartition("/")[2], int(code)))

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Web]:
    """A server on this machine."""
    found = Web(tmp_path / "web")
    found.folder.mkdir()
    threading.Thread(target=found.server.serve_forever, daemon=True).start()
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a cache, in which commands are run."""
    folder = tmp_path_factory.mktemp("machine")
    (folder / "mingzhang.toml").write_text("[reading]\njobs = 1\n", encoding="utf-8")
    return folder


def check(machine: Path, *arguments: str) -> Result:
    return run("check", *arguments, "--config", machine / "mingzhang.toml")


def told(done: Result, *words: str) -> None:
    assert done.exit_code == 2 and "Traceback" not in done.output, done.output
    assert [word for word in words if word not in done.output] == [], done.output


def test_what_a_list_names_with_its_hash_is_asked_for_when_it_changed(
    web: Web, machine: Path
) -> None:
    web.offer(a__txt=TEXT, note__md=NOTE)
    done = check(machine, f"{web.address}/in/")
    assert done.exit_code == 1 and "a.txt: fatal" in done.output, done.output
    assert web.asked_since() == [("SHA256SUMS", 200), ("a.txt", 200), ("note.md", 200)]
    assert check(machine, f"{web.address}/in/").exit_code == 1
    assert web.asked_since() == [("SHA256SUMS", 200)]
    web.offer(a__txt=TEXT, note__md=b"another\n")
    assert check(machine, f"{web.address}/in/").exit_code == 1
    assert web.asked_since() == [("SHA256SUMS", 200), ("note.md", 200)]


def test_of_a_plain_list_the_server_is_asked_whether_a_file_changed(
    web: Web, machine: Path
) -> None:
    web.put("番禺/a b%+.md", NOTE)
    web.put("番禺/a.txt", TEXT)
    web.put("番禺/files", b"a b%+.md\n./a.txt\n")
    for expected in ([200, 200, 200], [304, 304, 200]):
        assert "a.txt: fatal" in check(machine, f"{web.address}/番禺/files").output
        assert [code for _, code in web.asked_since()] == expected


def test_what_is_not_as_its_list_says_is_not_used(web: Web, machine: Path) -> None:
    web.offer(a__txt=TEXT)
    web.put("in/a.txt", TEXT[:-10])
    told(check(machine, f"{web.address}/in/"), "/in/a.txt: is not the file", "SHA-256")
    web.put("in/a.txt", TEXT)
    web.half = "a.txt"
    told(check(machine, f"{web.address}/in/"), "/in/a.txt: it does not answer, or broke off")
    assert not [
        path for path in machine.glob(".cache/remote/*/*/a.txt") if path.stat().st_size < 999
    ]
    (web.folder / "in/a.txt").unlink()
    told(check(machine, f"{web.address}/in/"), "/in/a.txt: no such file", "the list that names it")


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        (None, "there is no list of the files"),
        (b"<!DOCTYPE html>\n<title>x</title>\n", "is no list of files"),
        (b"../secret.txt\n", "is no list of files"),
        (b"\xff\xfe\n", "is no list of files"),
        (b"\n", "no disclosures"),
    ],
)
def test_without_a_list_it_is_told_how_one_is_made(
    web: Web, machine: Path, listed: bytes | None, said: str
) -> None:
    if listed is not None:
        web.put("in/SHA256SUMS", listed)
    done = check(machine, f"{web.address}/in/")
    told(done, web.address, said)
    assert "sha256sum" in done.output or listed == b"\n"


# ── addresses ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("s3://key:geheim@bucket/in", "without a name, password"),
        ("https://somebody:geheim@host/in/", "without a name, password"),
        ("https://host/in/?token=geheim", "without a name, password"),
        ("https://host/in/#geheim", "without a name, password"),
        ("ftp://geheim@host/in", "expected the name of a folder, s3://"),
        ("s3://bucket/../in", "not a whole address"),
        ("s3:///in", "not a whole address"),
        ("https:///in/", "not a whole address"),
        ("https://[geheim/in/", "expected the name of a folder, s3://"),
    ],
)
def test_an_address_that_is_none_is_refused_and_not_repeated(
    machine: Path, tmp_path: Path, address: str, said: str
) -> None:
    settings = tmp_path / "mingzhang.toml"
    settings.write_text(f'[folders]\ndisclosures = "{address}"\n', encoding="utf-8")
    for done in (check(machine, address), run("check", "--config", settings)):
        told(done, said)
        assert "geheim" not in done.output


@pytest.mark.parametrize(
    ("folders", "said"),
    [
        ('site = "https://host/site/"', "folders.site: cannot be at this address"),
        ('templates = "s3://bucket/t"', "folders.templates: cannot be at this address"),
        ('site = "s3://b12/x"\npackages = "s3://b12/x/y"', "lie one in the other"),
        ('site = "s3://b12/"\ndisclosures = "s3://b12/in"', "lie one in the other"),
    ],
)
def test_what_cannot_lie_there_is_told(tmp_path: Path, folders: str, said: str) -> None:
    settings = tmp_path / "mingzhang.toml"
    settings.write_text(f"[folders]\n{folders}\n", encoding="utf-8")
    told(run("build", "--config", settings), said)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("AWS_ENDPOINT_URL", "", "is empty"),
        ("AWS_ENDPOINT_URL", "nonsense", "expected http(s)://host"),
        ("AWS_ENDPOINT_URL", "https://me:geheim@host", "expected http(s)://host"),
        ("AWS_REGION", "", "is empty"),
        ("AWS_SECRET_ACCESS_KEY", "geheim\n", "the end of a line"),
        ("AWS_ACCESS_KEY_ID", "geheim geheim", "has a blank"),
    ],
)
def test_what_is_odd_in_the_environment_is_told_and_not_repeated(
    machine: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    done = check(machine, "s3://bucket/in")
    told(done, f"{name}: ", said)
    assert "geheim" not in done.output


def test_without_obstore_it_is_told_what_to_install(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "obstore", None)
    told(check(machine, "s3://bucket/in"), "s3://bucket/in", "pip install 'mingzhang[remote]'")
