"""Does a saved answer still stand? Every quote, number and word of it is held against guides and index."""
