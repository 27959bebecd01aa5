"""The web: reads a request, asks the floor below, renders."""
