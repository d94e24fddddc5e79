"""Writes an index: its generations, its catalog, and what they hold already."""
