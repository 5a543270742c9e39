"""Rules that say how many surge steps should be open; one rule, one file."""
