"""The back room: fetches, transcribes, sweeps. Each job takes an id and may run twice."""
