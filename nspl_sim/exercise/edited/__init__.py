"""A list that people have worked in comes back: what they wrote stays."""
