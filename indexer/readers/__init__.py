"""Readers: one file for each format, from bytes to text and blocks."""
