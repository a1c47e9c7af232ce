"""Search: what can be found, and the index in small files."""
