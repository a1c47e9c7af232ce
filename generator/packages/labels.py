"""Labels: the English names of rows that have no code, and of the standard terms for them."""

from __future__ import annotations

from generator.meaning.english import labels
from generator.packages.resources import Resource, fields


def row_labels() -> Resource:
    """All labels and terms that are known in English, the labels first, each in order."""
    known = labels()
    rows = [(label, known.labels[label], "row") for label in sorted(known.labels)]
    rows += [(term, known.items[term], "item") for term in sorted(known.items)]
    return Resource(
        "labels",
        "行名的英文",
        "English names of row labels",
        "没有科目编码的行名，和标准术语（facts.csv 的 item、narrative.csv 的 subject），"
        "用英文怎么说。",
        "What row labels without a code, and the standard terms for them (item in facts.csv, "
        "subject in narrative.csv), are called in English.",
        "code_list",
        fields(("label=label_or_term", "english=label_english", "stands_for=label_kind")),
        tuple(rows),
        ("label",),
    )
