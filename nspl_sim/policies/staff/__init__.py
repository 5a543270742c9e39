"""Rules that say which staff are lent to another region; one rule, one file."""
