"""The forms of seven places with random values; what real files look like, and no real figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

from tests.pdf.form_tables import FormTable
from tests.pdf.forms_by_code import beijing, changchun, changsha, shanghai
from tests.pdf.forms_by_name import hangzhou
from tests.pdf.forms_of_panels import jiangsu, xian

FORMS: Mapping[str, Callable[[Random], list[FormTable]]] = {
    "shanghai": shanghai,
    "xian": xian,
    "jiangsu": jiangsu,
    "beijing": beijing,
    "hangzhou": hangzhou,
    "changsha": changsha,
    "changchun": changchun,
}
