"""The signature that Twilio's own pages give as an example."""

from practice.signature import sign


def test_twilios_example_has_twilios_signature() -> None:
    fields = {
        "CallSid": "CA1234567890ABCDE",  # pragma: allowlist secret
        "Caller": "+14158675310",
        "Digits": "1234",
        "From": "+14158675310",
        "To": "+18005551212",
    }

    signature = sign("https://example.com/myapp.php?foo=1&bar=2", fields, "12345")

    assert signature == "L/OH5YylLD5NRKLltdqwSvS0BnU="
