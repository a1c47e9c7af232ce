"""Pages about many departments that are taken over: what they were made of is the same.

They are made of what they ask of the summaries, and of some values that are named. What was asked
is kept with a hash of each answer; it is asked again, which costs little beside making pages. Pages
may be written within a group: of one that is made anew each of them may be taken over still.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from generator.store import Store, digest, digest_of_file
from generator.website.everyone.paging import ListPage
from generator.website.everyone.summaries import Question, Summaries
from generator.website.files.earlier_files import EarlierFiles
from generator.website.output.folder import Output, WatchedFiles, file_of
from generator.website.wording.language import spoken
from generator.wire import decode, encode


@dataclass(frozen=True)
class _KeptGroup:
    """The answers that some pages were made of, by what was asked; the sums of their files.

    `unlisted` are the pages that search engines are not told of, `shared` the files that pages have
    beside them, which are named by their content.
    """

    asked: tuple[tuple[Question, str], ...]
    pages: Mapping[str, str]
    unlisted: Mapping[str, str]
    shared: Mapping[str, str]


class KeptPages:
    """Writes pages, or takes them over from the site that is published."""

    def __init__(
        self,
        output: Output,
        summaries: Summaries,
        earlier: EarlierFiles,
        known: Store,
        said: str = "",
        *,
        lasting: Callable[[], bool] = lambda: True,
    ) -> None:
        """Know both sites, the folder in which is kept what pages were made of, what all say.

        While they are not `lasting`, nothing is kept: a chart that failed may succeed another time.
        """
        self._output, self._summaries = output, summaries
        self._earlier, self._known, self._lasting = earlier, known, lasting
        self._said = said
        #: The files named by their content that were taken over.
        self.shared = set[str]()

    def write(self, name: str, make: Callable[[], None], *said: object) -> None:
        """Let some pages be written in the language that is spoken, or take them over.

        Args:
            name: What they are called: one name for the same pages at each build.
            make: Writes them.
            said: All that they are made of but for what they ask of the summaries, as `repr` has
            it.
        """
        key = self._key(name, said)
        group = self._group(key)
        if group is None or not self._take(group):
            written = self._output.watched()
            with self._summaries.listening() as asked, written as files:
                make()
            if self._lasting():
                self._keep(key, asked, files)

    def page(self, page: ListPage[Any], template: str, context: Mapping[str, object]) -> None:
        """Write one page of a list, or take it over: it shows its rows, and what is given."""
        make = partial(self._output.page, page.address, template, {**context, "page": page})
        head = replace(page, items=())
        self.write(page.address, make, template, head, digest(encode(page.items)), context)

    def has(self, name: str, *said: object) -> bool:
        """Tell whether pages will be taken over: the arguments are those of `write`."""
        group = self._group(self._key(name, said))
        return group is not None and self._places(group) is not None

    def _key(self, name: str, said: tuple[object, ...]) -> str:
        called = f"{name} {spoken().tag}".encode()
        return digest(self._earlier.inputs, called, self._said.encode(), repr(said).encode())

    def _group(self, key: str) -> _KeptGroup | None:
        data = self._known.get(key)
        try:
            return decode(data, _KeptGroup) if data else None
        except ValueError:  # whatever is wrong with it, it is only a cache
            return None

    def _places(self, group: _KeptGroup) -> Mapping[str, Path] | None:
        """Where each file lies in the published site, if all is as it was: answers and files."""
        if any(self._summaries.answer(*each) != found for each, found in group.asked):
            return None
        pages = {**group.pages, **group.unlisted}.items()
        sums = {file_of(page): sum_ for page, sum_ in pages} | {**group.shared}
        places = {path: self._earlier.same(path, sum_) for path, sum_ in sums.items()}
        found = {path: place for path, place in places.items() if place}
        return found if len(found) == len(places) else None

    def _take(self, group: _KeptGroup) -> bool:
        """Take pages over, if all is as it was."""
        places = self._places(group)
        if places is None:
            return False
        for page in (*group.pages, *group.unlisted):
            link = partial(self._earlier.link, places[file_of(page)])
            self._output.taken_page(page, link, listed=page in group.pages)
        for path in group.shared:
            self._output.taken_shared(path, partial(self._earlier.link, places[path]))
            self.shared.add(path)
        return True

    def _keep(self, key: str, asked: Mapping[Question, None], files: WatchedFiles) -> None:
        folder = self._output.folder
        listed, unlisted = (
            {page: digest_of_file(folder / file_of(page)).hex() for page in pages}
            for pages in (files.pages, files.unlisted)
        )
        shared = {path: sha256(data).hexdigest() for path, data in files.shared.items()}
        shared |= {path: digest_of_file(folder / path).hex() for path in files.taken}
        answers = tuple((each, self._summaries.answer(*each)) for each in asked)
        self._known.put(key, encode(_KeptGroup(answers, listed, unlisted, shared)))
