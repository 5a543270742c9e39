"""What a leader settles beforehand: who plays what, and how the scenario's time is told in the room."""
