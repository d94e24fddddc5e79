"""The commands that read guides; each file holds one. ``citeguide.search.cli.main`` names them."""
