"""How good the answers to given questions are."""
