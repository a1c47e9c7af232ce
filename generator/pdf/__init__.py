"""PDF: what pdfium says of one, the same on every machine, and what one file may cost."""
