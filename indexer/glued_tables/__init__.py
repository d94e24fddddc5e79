"""Tables that lost their cells when a page was scraped, found in plain lines."""
