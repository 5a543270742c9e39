"""Rules that say whom each region asks for a bed; one rule, one file."""
