"""A living exercise: the clock is stepped, injects are played, players decide, and the course goes on."""
