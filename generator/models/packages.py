"""What a package's writer and its reader both know: how one of its files refers to another."""

from __future__ import annotations

from typing import Any

from msgspec import Struct


class ForeignKey(Struct, frozen=True):
    """Fields of one resource that must be found in another (``""``: in itself)."""

    fields: tuple[str, ...]
    resource: str
    reference: tuple[str, ...]

    def descriptor(self) -> dict[str, Any]:
        """The key as a Data Package v2 schema has it."""
        reference = {"resource": self.resource, "fields": list(self.reference)}
        return {"fields": list(self.fields), "reference": reference}
