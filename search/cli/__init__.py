"""The commands that read an index; each file holds one. ``citeguide.search.cli.main`` names them."""
