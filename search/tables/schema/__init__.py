"""What a table can be asked for."""
