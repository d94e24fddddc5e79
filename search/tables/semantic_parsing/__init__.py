"""Reads a question against any table: readings are generated, scored by fitted weights, computed and compared."""
