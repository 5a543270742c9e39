"""Rules that say which share of planned care goes ahead; one rule, one file."""
