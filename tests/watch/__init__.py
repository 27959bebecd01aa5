"""Knowing: metrics, alarms, errands, the disk floor, logs, quarantine."""
