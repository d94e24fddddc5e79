"""What a question may be read as: the families of readings that a table allows."""
