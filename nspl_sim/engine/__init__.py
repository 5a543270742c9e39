"""The same system compiled: what happens to patients between reviews, over arrays. Read system first."""
