"""Rules that say which share of waits for municipal care is cut; one rule, one file."""
