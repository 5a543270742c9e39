"""The worlds that are laid over the shipped one: what each changes, and by which rule."""
