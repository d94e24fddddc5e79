"""What the words of a question may mean in a table: which heads, cells, numbers and dates."""
