"""Answers: from a question and an index to cited quotes and computed numbers."""
