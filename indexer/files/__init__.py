"""Which files are guides, and how they are opened."""
