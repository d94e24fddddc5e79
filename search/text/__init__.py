"""From text to words, sentences, lines, amounts and measures."""
