"""The levers: rules that speak at reviews and return a directive. They propose; they never act."""
