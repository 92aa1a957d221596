"""What looks like a secret and opens nothing: hashes, names of things, placeholders."""

from __future__ import annotations

import base64

from ...hypotheses import st
from .drawn import matching

__all__ = ["LINES", "VALUES"]


def _like(pattern: str) -> st.SearchStrategy[str]:
    return st.binary(min_size=8, max_size=8).map(lambda seed: matching(pattern, seed))


_SENTENCES = ("It is a plain sentence.", "Nothing to see here, move on.", "a, b and c")

VALUES: st.SearchStrategy[str] = st.one_of(
    st.sampled_from(
        (
            "${API_TOKEN}",
            "<your-token>",
            "{{ secrets.DEPLOY }}",
            "$(cat token.txt)",
            "your-api-key-here",
            "********",
            "changeme",
            "sk-" + "x" * 24,
            "AKIA" + "X" * 16,
        )
    ),
    _like("[0-9a-f]{40}"),
    _like("sha256:[0-9a-f]{64}"),
    st.uuids(version=4).map(str),
    st.sampled_from([base64.b64encode(each.encode()).decode() for each in _SENTENCES]),
    _like("sha512-[A-Za-z0-9+/]{86}=="),
    _like("arn:aws:iam::0000000[0-9]{5}:role/app"),
    _like("[0-9]\\.[0-9]{2}\\.[0-9]-rc[0-9]"),
    _like("ORD-[0-9]{8}"),
)

LINES = st.sampled_from(
    (
        'api_key = os.environ["API_KEY"]',
        "password = getpass.getpass()",
        "API_KEY=your-api-key-here",
        "token: ${DEPLOY_TOKEN}",
        "https://ann@example.com/private",
        "postgres://db.example.com/app",
        "The password is the name of the cat.",
        "public_key: see keys.txt",
    )
)
