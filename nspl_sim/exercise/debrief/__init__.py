"""After the exercise: the players' course beside other plans', on the same patients."""
