"""The desk's rules: what cannot wait, which moves are allowed."""
