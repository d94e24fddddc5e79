"""Which passages are about the question, best first."""
