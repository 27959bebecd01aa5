"""What outlives a request: rows, sealed fields and audio, the bell to the workers."""
