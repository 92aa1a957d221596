"""People who do not exist, and where they do not live."""

from __future__ import annotations

from ...hypotheses import st
from .form import Form, made, one_of

__all__ = ["FIRST", "FORMS", "LAST"]

FIRST = ("Ann", "Bo", "Chidi", "Dara", "Emre", "Freja", "Goran", "Hana", "Ines", "Jun", "Zoë")
LAST = ("Ash", "Berg", "Costa", "Dvorak", "Eze", "Falk", "Gupta", "Hoang", "Ito", "O'Dell", "Özil")
STREETS = ("Elm Street", "Harbour Road", "Mill Lane", "Orchard Avenue", "Quarry Close")
TOWNS = ("Little Wexby", "Marrow Bay", "Northolme", "Sandrift")
"""Thought up."""

_NAMES = one_of(
    st.builds("{} {}".format, st.sampled_from(FIRST), st.sampled_from(LAST)),
    st.builds("{1}, {0}".format, st.sampled_from(FIRST), st.sampled_from(LAST)),
    st.builds("{} {}. {}".format, st.sampled_from(FIRST), made("@"), st.sampled_from(LAST)),
)
_ADDRESSES = st.builds(
    "{} {}, {}".format, st.integers(1, 199), st.sampled_from(STREETS), st.sampled_from(TOWNS)
)

FORMS = (
    Form(
        "PERSON",
        "",
        _NAMES,
        st.sampled_from(("The Manager", "May Day", "Mark Down", "Will Call", "Order Desk")),
        ("name", "full name", "customer"),
    ),
    Form(
        "LOCATION",
        "",
        _ADDRESSES,
        st.sampled_from(("5 Orders, Open", "24 Hours, Daily", "3 Reading Lists")),
        ("address", "street", "lives at"),
    ),
)
