"""Which rows and measures of a table a request is about."""
