"""From the result of a scan to the words of an answer."""
