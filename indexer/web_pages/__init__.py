"""Guides from the web: the pages that were named by their addresses, saved beside the index and kept up to date."""
