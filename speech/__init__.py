"""Words from sound. Knows nothing of the web, the rows or the queue."""
