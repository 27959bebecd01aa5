"""The conversation: what the line asks, what an answer is, and what is kept of it."""
