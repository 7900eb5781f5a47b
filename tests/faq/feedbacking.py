"""What a visitor's browser sends of an answer: a vote, and what is said below it."""

from urllib.parse import parse_qs, urlsplit

from faq.vote_tokens import of_version

AGENT = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36"
)
PART = {"x-fragment": "1"}
HARM = "My patient had a seizure after the second dose."


def content(response):
    return response.content.decode()


def vote(client, about, satisfied="yes", market="us", headers=None, address="192.0.2.1", **changes):
    fields = {"version": of_version(about), "satisfied": satisfied, **changes}
    sent = {"user-agent": AGENT, **(headers or {})}
    return client.post(f"/{market}/feedback/", fields, headers=sent, REMOTE_ADDR=address)


def token_of(response):
    """What names the vote in the address that it led to."""
    return parse_qs(urlsplit(response["Location"]).query)["vote"][0]


def voted(client, about, satisfied="yes", **others):
    """The token of a vote that was just given."""
    return token_of(vote(client, about, satisfied, **others))


def say(client, token, text="", market="us", headers=None, **fields):
    sent = {"user-agent": AGENT, **(headers or {})}
    return client.post(f"/{market}/feedback/", {"vote": token, "text": text, **fields}, headers=sent)


def page(client, token, market="us"):
    return client.get(f"/{market}/feedback/", {"vote": token})
