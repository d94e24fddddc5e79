"""How the guides are added to from a browser: an option, for whoever keeps them."""
