"""What is wrong with guides, for those who look after them."""
