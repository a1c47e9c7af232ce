"""Wording: amounts, sentences and terms as a reader of one of the languages is told them."""
