"""A language model as an adapter: it may choose among a guide's sentences, never speak."""
