"""Full-text engines, one file each, found by name."""
