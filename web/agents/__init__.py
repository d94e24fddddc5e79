"""What programs that talk to language models may ask: the tools of the Model Context Protocol."""
