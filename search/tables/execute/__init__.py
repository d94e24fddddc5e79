"""A request computed over all rows of a table."""
