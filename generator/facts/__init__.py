"""Facts: the printed tables become normalised amounts, projects and codes of one department."""

from generator.facts.departments import Departments, read_departments
from generator.facts.normalise import normalise
from generator.facts.renditions import merge

__all__ = ["Departments", "merge", "normalise", "read_departments"]
