"""Files: what is downloaded, and the catalogues that tell of it."""
