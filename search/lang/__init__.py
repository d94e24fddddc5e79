"""What is English, and nothing else: lists of words and phrases as text files in ``en``, and what reads them."""
