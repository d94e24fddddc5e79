"""What one edition of a guide has in common with the next, and what changed."""
