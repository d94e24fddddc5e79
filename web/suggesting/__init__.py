"""What may be asked: examples, completions of what is typed, and steps after an answer."""
