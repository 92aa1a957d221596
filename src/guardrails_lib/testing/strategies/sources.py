"""Documents that an answer may rest on, from trusted addresses and from others."""

from __future__ import annotations

from datetime import UTC

from ..._types import Label, Source
from ..hypotheses import st
from .texts import texts as any_texts

__all__ = ["addresses", "labels", "sources"]

_PAGES = (
    "1",
    "returns",
    "faq",
    "2024/prices",
    "guide?lang=en",
    "a%20b",
    "../admin",
    "%2e%2e/admin",
)
_HONEST = (
    "kb://help/",
    "https://docs.example.com/kb/",
    "https://example.com/",
    "s3://example-notes/",
    "file:///srv/notes/",
)
_LOOK_ALIKE = (
    "https://docs.example.com@evil.example/kb/",
    "https://docs.example.com.evil.example/kb/",
    "https://docs-example.com.example/kb/",
    "https://docs.ex\u0430mple.com/kb/",
    "https://xn--docs-exmple-xyz.example/kb/",
    "https://docs.example.com:8443/kb/",
    "http://docs.example.com/kb/",
    "HTTPS://DOCS.EXAMPLE.COM./kb/",
    "https:\\\\docs.example.com\\kb\\",
    "//docs.example.com/kb/",
    "kb://help@evil.example/",
    "kb:help/",
)


def labels() -> st.SearchStrategy[Label]:
    """How far a text may travel; the simplest is `Label.PUBLIC`."""
    return st.sampled_from(list(Label))


any_labels = labels
"""The same, where a parameter has that name."""


def addresses() -> st.SearchStrategy[str]:
    """Addresses of documents, and others of hosts that only look as if they were the same.

    All are of names that are kept for examples, or of no host at all.
    """
    return st.builds(str.__add__, st.sampled_from(_HONEST + _LOOK_ALIKE), st.sampled_from(_PAGES))


def sources(
    texts: st.SearchStrategy[str] | None = None,
    uris: st.SearchStrategy[str] | None = None,
    labels: st.SearchStrategy[Label] | None = None,
) -> st.SearchStrategy[Source]:
    """A `Source`: a document with its address and label, dated or not.

    Without *texts* it is prose, or a form that was filled in; without *uris* one of
    `addresses`; without *labels* any label. Several of them are ``st.lists(sources())``.
    """
    return st.builds(
        Source,
        addresses() if uris is None else uris,
        any_texts("prose") | any_texts("form") if texts is None else texts,
        any_labels() if labels is None else labels,
        _DATES,
    )


_DATES = st.none() | st.datetimes(timezones=st.just(UTC))
