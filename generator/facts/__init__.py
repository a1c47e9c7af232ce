"""Facts: the printed tables become normalised amounts, projects and codes of one department."""

from generator.facts.departments import Departments, read_departments
from generator.facts.normalise import normalise

__all__ = ["Departments", "normalise", "read_departments"]
