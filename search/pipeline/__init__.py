"""The main act: from a question and an index to an answer."""
