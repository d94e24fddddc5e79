"""Nearness in meaning, an option: an encoder turns texts into vectors. Without vectors nothing of it is imported."""
