"""What becomes of a guide's blocks: passages, what is dropped, what is in doubt."""
