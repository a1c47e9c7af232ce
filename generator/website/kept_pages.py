"""Pages about many departments that are taken over: what they were made of is the same.

They are made of what they ask of the summaries, and of some values that are named. What was asked
is kept with a hash of each answer; it is asked again, which costs little beside making pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from generator.store import Store, digest, digest_of_file
from generator.website.everyone.summaries import Question, Summaries
from generator.website.files.earlier_files import EarlierFiles
from generator.website.output.folder import Output
from generator.website.wording.language import spoken
from generator.wire import decode, encode


@dataclass(frozen=True)
class _KeptGroup:
    """The answers that some pages were made of, by what was asked; the sums of their files."""

    asked: tuple[tuple[Question, str], ...]
    pages: Mapping[str, str]


class KeptPages:
    """Writes pages, or takes them over from the site that is published."""

    def __init__(
        self,
        output: Output,
        summaries: Summaries,
        earlier: EarlierFiles,
        known: Store,
        *,
        lasting: bool = True,
    ) -> None:
        """Know both sites, and the folder in which is kept what pages were made of.

        Unless they are `lasting`, nothing is kept: a chart that failed may succeed the next time.
        """
        self._output, self._summaries = output, summaries
        self._earlier, self._known, self._lasting = earlier, known, lasting

    def write(self, name: str, make: Callable[[], None], *said: object) -> None:
        """Let some pages be written in the language that is spoken, or take them over.

        Args:
            name: What they are called: one name for the same pages at each build.
            make: Writes them.
            said: All that they are made of but for what they ask of the summaries, as `repr` has
            it.
        """
        key = digest(self._earlier.inputs, f"{name} {spoken().tag}".encode(), repr(said).encode())
        group = self._group(key)
        if group is None or not self._take(group):
            first = len(self._output.addresses)
            with self._summaries.listening() as asked:
                make()
            if self._lasting:
                self._keep(key, asked, self._output.addresses[first:])

    def _group(self, key: str) -> _KeptGroup | None:
        data = self._known.get(key)
        try:
            return decode(data, _KeptGroup) if data else None
        except ValueError:  # whatever is wrong with it, it is only a cache
            return None

    def _take(self, group: _KeptGroup) -> bool:
        """Take pages over, if all is as it was: the answers, and the pages themselves."""
        if any(self._summaries.answer(*each) != found for each, found in group.asked):
            return False
        old = {page: self._earlier.same(f"{page}index.html", sum_)
               for page, sum_ in group.pages.items()}  # fmt: skip
        if None in old.values():
            return False
        for page, path in old.items():
            if path:
                self._output.taken_page(page, partial(self._earlier.link, path))
        return True

    def _keep(self, key: str, asked: Mapping[Question, None], pages: list[str]) -> None:
        folder = self._output.folder
        found = {page: digest_of_file(folder / page / "index.html").hex() for page in pages}
        answers = tuple((each, self._summaries.answer(*each)) for each in asked)
        self._known.put(key, encode(_KeptGroup(answers, found)))
