"""Strict reading of what people write: numbers, YAML and tables, with the place of every value."""
