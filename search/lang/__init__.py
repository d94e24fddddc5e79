"""What is English, and nothing else."""
