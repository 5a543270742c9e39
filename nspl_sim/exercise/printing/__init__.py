"""Pages, and their three writers: HTML, PDF and Word."""
