"""Keys of other applications."""

from __future__ import annotations

from .classes import ALNUM, BEGIN, END, URLSAFE, UUID
from .shape import Shape, any_value, varied

__all__ = ["SHAPES"]

SHAPES = (
    Shape(
        "1PASSWORD_KEY",
        "1Password",
        rf"{BEGIN}A3-[A-Z0-9]{{6}}-(?:[A-Z0-9]{{11}}|[A-Z0-9]{{6}}-[A-Z0-9]{{5}})"
        rf"(?:-[A-Z0-9]{{5}}){{3}}{END}",
        "Secret keys",
        varied,
    ),
    Shape(
        "1PASSWORD_TOKEN",
        "1Password",
        r"ops_eyJ[A-Za-z0-9+/_-]{200,1800}={0,3}",
        "Service account tokens",
        varied,
    ),
    Shape("ADOBE_SECRET", "Adobe", rf"{BEGIN}p8e-{ALNUM}{{32}}{END}", "OAuth", varied),
    Shape(
        "AIRTABLE_TOKEN",
        "Airtable",
        rf"{BEGIN}pat{ALNUM}{{14}}\.[a-f0-9]{{64}}{END}",
        "Personal access tokens",
        varied,
    ),
    Shape(
        "AUTHRESS_KEY",
        "Authress",
        r"(?:sc|ext|scauth|authress)_[a-z0-9]{5,30}\.[a-z0-9]{4,6}\.acc[_-][a-z0-9-]{10,32}\."
        r"[A-Za-z0-9+/_=-]{30,120}",
        "gitleaks, authress-service-client-access-key (MIT)",
        varied,
    ),
    Shape("FRAMEIO_TOKEN", "Frame.io", rf"fio-u-[A-Za-z0-9_=-]{{64}}{END}", "API", varied),
    Shape("FIGMA_TOKEN", "Figma", rf"fig[dou]_{URLSAFE}{{40,60}}{END}", "API tokens", varied),
    Shape(
        "MAPBOX_TOKEN",
        "Mapbox",
        rf"{BEGIN}[ps]k\.eyJ{ALNUM}{{50,120}}\.{URLSAFE}{{22}}{END}",
        "Access tokens",
        varied,
    ),
    Shape(
        "MAXMIND_KEY",
        "MaxMind",
        rf"{BEGIN}{ALNUM}{{6}}_{ALNUM}{{29}}_mmk{END}",
        "License keys",
        varied,
    ),
    Shape(
        "NOTION_TOKEN",
        "Notion",
        rf"{BEGIN}(?:ntn_[0-9]{{11}}{ALNUM}{{35}}|secret_{ALNUM}{{43}}){END}",
        "Integration tokens",
        varied,
    ),
    Shape("TYPEFORM_TOKEN", "Typeform", rf"{BEGIN}tfp_[A-Za-z0-9_.=-]{{40,60}}", "API", varied),
    Shape(
        "DROPBOX_TOKEN",
        "Dropbox",
        rf"{BEGIN}sl\.(?:u\.)?[A-Za-z0-9_=-]{{130,1400}}{END}",
        "Short-lived access tokens",
        varied,
    ),
    Shape(
        "DROPBOX_TOKEN",
        "Dropbox",
        rf"(?<![A-Za-z0-9]){ALNUM}{{11}}AAAAAAAAAA[A-Za-z0-9_=-]{{43}}{END}",
        "gitleaks, dropbox-long-lived-api-token (MIT)",
        any_value,
    ),
    Shape(
        "HUBSPOT_TOKEN",
        "HubSpot",
        rf"{BEGIN}pat-(?:na|eu)[0-9]-{UUID}{END}",
        "Private app tokens",
        varied,
    ),
    Shape("POSTHOG_KEY", "PostHog", rf"{BEGIN}phx_{ALNUM}{{40,50}}{END}", "API keys", varied),
)
