"""Bytes to text, and what is wrong with its letters."""
