"""Meaning: what printed words say, which every stage may ask; it knows no stage."""
