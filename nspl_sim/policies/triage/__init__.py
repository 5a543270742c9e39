"""Rules that say who is admitted when there is not care for all; one rule, one file."""
