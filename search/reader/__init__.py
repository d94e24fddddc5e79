"""Which sentences of the passages answer, and whether they do."""
