"""Reading guides and writing the index."""
