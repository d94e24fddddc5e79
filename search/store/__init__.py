"""What lies in an index folder, read only."""
