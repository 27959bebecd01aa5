"""The practice phone: a foreign program that plays Twilio's part on one machine.

It shares nothing with the line but HTTP, so that a test with it proves the line's own door.
"""
