"""Output: the folder that is written, its templates, assets, written pages and old addresses."""
