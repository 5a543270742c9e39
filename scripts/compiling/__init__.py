"""How the shipped world is compiled from the reference figures, one part of it a file."""
