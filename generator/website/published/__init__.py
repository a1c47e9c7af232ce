"""Published: the data packages as the website reads them, rows when they are asked for."""
