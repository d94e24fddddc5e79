"""What is asked: the words of a question, what they may also be called, and the kind of answer wanted."""
