"""Tables: a document becomes its standard tables, its prose and who, when and what it is."""

from generator.tables.extract import extract_tables

__all__ = ["extract_tables"]
