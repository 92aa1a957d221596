"""Names that tell what a value is: that it is a secret, or whose."""

from __future__ import annotations

import re

from .classes import ALNUM, HEX, LOWER, URLSAFE, UUID

__all__ = ["OWNERS", "TELLING", "is_password", "tells"]

TELLING = ("pass", "pwd", "secret", "token", "key", "cred", "auth")
"""One of them is in the name of every secret, whatever its case."""

_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_SAYS = re.compile(
    r"(?:pass(?:w(?:or)?d|phrase|code|wrd)?|pwd|secrets?|tokens?|(?:api)?keys?|creds?|credentials?"
    r"|auth|authorization|bearer|authtoken|clientsecret|secretkey|accesskey|authkey|privatekey"
    r"|accesstoken|refreshtoken|idtoken|sessiontoken|bottoken|signingkey|masterkey|licensekey"
    r"|subscriptionkey|encryptionkey|[a-z]{1,12}(?:password|passwd|pwd|apikey|secret|token))"
)
_OTHER_WORDS = """
public pub id ids name names url uri endpoint path file filename files dir length len size
type kind version alias pair code frame word words up down press pressed selector board ring
store tab vault expires expiry expiration expire lifetime ttl limit count max min index idx
csrf xsrf nonce next page cursor primary foreign sort partition bucket object cache schema
column row field map dict label title prompt hint policy format algorithm method
provider scheme issuer audience author url regex pattern prefix suffix placeholder example
header headers event sequence hash checksum sha md5 fingerprint thumbprint signature kid
keyid accessor accessibility capital location region zone language i18n locale usage users
tokenizer uid guid uuid ref arn namespace param parameter env var variable
"""
_OTHER = frozenset(_OTHER_WORDS.split())
"""Words of names whose values may be shown: what is public, and what is about a secret."""

_PASSWORD = re.compile(r"(?i)pass(?:w(?:or)?d|phrase|code|wrd)?(?![a-z])|pwd|passw")


def tells(name: str) -> bool:
    """Whether *name* says that its value is a secret.

    >>> tells("clientSecret"), tells("public_key"), tells("monkey")
    (True, False, False)
    """
    parts = [each.lower() for each in _PARTS.findall(name)]
    return any(map(_SAYS.fullmatch, parts)) and _OTHER.isdisjoint(parts)


def is_password(name: str) -> bool:
    """Whether *name* is a word for what people think up."""
    return bool(_PASSWORD.search(name))


def _any(letters: str, *sizes: str) -> str:
    return "|".join(f"{letters}{{{size}}}" for size in sizes)


_THIRTY_TWO = _any(LOWER, "32")

OWNERS = {
    "adafruit": _any(URLSAFE, "32"),
    "adobe": _any(HEX, "32"),
    "airtable": _any(ALNUM, "17"),
    "algolia": _THIRTY_TWO,
    "alibaba": _any(ALNUM, "30"),
    "artifactory": _any(ALNUM, "64", "73"),
    "asana": _any(LOWER, "32"),
    "atlassian": _any(LOWER, "24"),
    "aws": r"[A-Za-z0-9/+]{40}",
    "azure": r"[A-Za-z0-9/+]{86}==|[a-f0-9]{32}",
    "beamer": r"b_[A-Za-z0-9=_-]{44}",
    "bintray": _any(HEX, "40"),
    "bitbucket": _any(r"[A-Za-z0-9=_-]", "32", "64"),
    "bittrex": _any(LOWER, "32"),
    "cloudant": f"{HEX}{{64}}|[a-z]{{24}}",
    "cloudflare": f"{URLSAFE}{{40}}|{HEX}{{37}}",
    "codecov": f"{_THIRTY_TWO}|{UUID}",
    "cohere": _any(ALNUM, "40"),
    "coinbase": _any(URLSAFE, "32", "64"),
    "confluence": _any(LOWER, "24"),
    "confluent": _any(r"[A-Za-z0-9+/]", "16", "64"),
    "contribsys": f"{HEX}{{8}}:{HEX}{{8}}",
    "contentful": _any(r"[A-Za-z0-9=_-]", "43"),
    "datadog": _any(LOWER, "32", "40"),
    "deepgram": _any(HEX, "40"),
    "deepseek": r"sk-[a-f0-9]{32}",
    "discord": rf"{HEX}{{64}}|[A-Za-z0-9=_-]{{32}}",
    "droneci": _THIRTY_TWO,
    "dropbox": _any(LOWER, "15"),
    "elevenlabs": r"(?:sk_)?[a-f0-9]{32,48}",
    "etsy": _any(LOWER, "24"),
    "facebook": _any(HEX, "32"),
    "fastly": _any(r"[A-Za-z0-9=_-]", "32"),
    "finicity": f"{HEX}{{32}}|{ALNUM}{{20}}",
    "finnhub": _any(LOWER, "20"),
    "flickr": _THIRTY_TWO,
    "freshbooks": _any(LOWER, "64"),
    "gitter": _any(URLSAFE, "40"),
    "heroku": UUID,
    "hubspot": UUID,
    "ibm": f"{URLSAFE}{{44}}|[a-f0-9]{{48}}",
    "intercom": _any(r"[A-Za-z0-9=_-]", "60"),
    "jfrog": _any(ALNUM, "64", "73"),
    "jira": _any(LOWER, "24"),
    "kraken": r"[A-Za-z0-9/=_+-]{80,90}",
    "kucoin": f"[a-f0-9]{{24}}|{UUID}",
    "launchdarkly": rf"[A-Za-z0-9=_-]{{40}}|(?:api|sdk|mob)-{UUID}",
    "linear": _any(HEX, "32"),
    "linkedin": _any(ALNUM, "14", "16"),
    "looker": _any(LOWER, "20", "24"),
    "mailchimp": r"[a-f0-9]{32}-us\d{1,2}",
    "mailgun": r"(?:pub)?key-[a-f0-9]{32}|[a-h0-9]{32}-[a-h0-9]{8}-[a-h0-9]{8}",
    "mapbox": r"[ps]k\.[A-Za-z0-9]{60}\.[A-Za-z0-9]{22}",
    "mattermost": _any(LOWER, "26"),
    "meraki": _any(HEX, "40"),
    "messagebird": f"{ALNUM}{{25}}|{UUID}",
    "mistral": _any(ALNUM, "32"),
    "netlify": r"[A-Za-z0-9=_-]{40,46}",
    "newrelic": f"{LOWER}{{64}}|{HEX}{{40}}",
    "nytimes": _any(r"[A-Za-z0-9=_-]", "32"),
    "okta": r"00[A-Za-z0-9_-]{40}",
    "opsgenie": UUID,
    "pagerduty": r"[A-Za-z0-9+_-]{20}|[a-f0-9]{32}",
    "pinecone": UUID,
    "plaid": _any(LOWER, "24", "30"),
    "privateai": _THIRTY_TWO,
    "rapidapi": _any(URLSAFE, "50"),
    "rollbar": _any(HEX, "32"),
    "scaleway": UUID,
    "sendbird": f"{HEX}{{40}}|{UUID}",
    "sentry": f"{HEX}{{64}}|{HEX}{{32}}",
    "shodan": _any(ALNUM, "32"),
    "snyk": UUID,
    "softlayer": _any(LOWER, "64"),
    "sonar": r"(?:sq[upa]_)?[A-Za-z0-9=_-]{40}",
    "spotify": _any(HEX, "32"),
    "squarespace": UUID,
    "sumo": rf"su{ALNUM}{{12}}|{ALNUM}{{64}}",
    "telegram": r"[0-9]{5,16}:A[A-Za-z0-9_-]{34}",
    "together": _any(HEX, "64"),
    "travis": _any(ALNUM, "22"),
    "trello": rf"{HEX}{{32}}|{HEX}{{64}}|ATTA[a-f0-9]{{72}}",
    "twilio": _any(HEX, "32"),
    "twitch": _any(LOWER, "30"),
    "twitter": rf"{ALNUM}{{25}}|{ALNUM}{{45}}|{ALNUM}{{50}}|[0-9]{{15,25}}-{ALNUM}{{20,40}}",
    "yandex": r"t1\.[A-Za-z0-9_-]{1,200}={0,2}\.[A-Za-z0-9_-]{86}={0,2}",
    "zendesk": _any(LOWER, "40"),
    "zoom": _any(ALNUM, "22", "32"),
}
"""What the values are like that are named after who gave them out, from gitleaks (MIT) and
detect-secrets (Apache-2.0)."""
