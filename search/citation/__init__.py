"""From quotes to citations with an exact place."""
