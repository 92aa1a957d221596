"""Keys of what takes, sends and ships for money."""

from __future__ import annotations

from .classes import ALNUM, BASE64, BEGIN, END, HEX, LOWER, URLSAFE, UUID
from .shape import Shape, varied

__all__ = ["SHAPES"]

SHAPES = (
    Shape(
        "STRIPE_KEY",
        "Stripe",
        rf"(?:sk|rk)_(?:test|live|prod)_{ALNUM}{{10,247}}{END}",
        "API keys",
        varied,
    ),
    Shape("STRIPE_WEBHOOK_SECRET", "Stripe", rf"whsec_{ALNUM}{{32}}{END}", "Webhooks", varied),
    Shape(
        "SQUARE_TOKEN",
        "Square",
        rf"{BEGIN}(?:EAAA{URLSAFE}{{22,60}}|sq0(?:atp|csp)-{URLSAFE}{{22,60}}){END}",
        "Access tokens; detect-secrets, square_oauth (Apache-2.0)",
        varied,
    ),
    Shape(
        "PAYPAL_TOKEN",
        "PayPal",
        r"access_token\$(?:production|sandbox)\$[a-z0-9]{16}\$[a-f0-9]{32}(?![A-Za-z0-9])",
        "Braintree access tokens",
        varied,
    ),
    Shape(
        "ADYEN_KEY", "Adyen", rf"{BEGIN}AQE[a-z0-9]{{1,3}}{BASE64}{{60,200}}", "API keys", varied
    ),
    Shape(
        "FLUTTERWAVE_KEY",
        "Flutterwave",
        rf"FLWSECK(?:_TEST)?-(?:{LOWER}{{32}}-X|{LOWER}{{12}}){END}",
        "API keys",
        varied,
    ),
    Shape("SHOPIFY_TOKEN", "Shopify", rf"shp(?:at|ca|pa|ss|ua)_{HEX}{{32}}{END}", "Tokens", varied),
    Shape("SHIPPO_TOKEN", "Shippo", rf"shippo_(?:live|test)_{HEX}{{40}}{END}", "API", varied),
    Shape("EASYPOST_KEY", "EasyPost", rf"{BEGIN}EZ[AT]K{ALNUM}{{54}}{END}", "API keys", varied),
    Shape(
        "DUFFEL_TOKEN",
        "Duffel",
        r"duffel_(?:test|live)_[A-Za-z0-9_=-]{43}(?![A-Za-z0-9_=-])",
        "API tokens",
        varied,
    ),
    Shape(
        "PLAID_TOKEN",
        "Plaid",
        rf"access-(?:sandbox|development|production)-{UUID}{END}",
        "API tokens",
        varied,
    ),
    Shape(
        "SETTLEMINT_TOKEN",
        "SettleMint",
        rf"{BEGIN}sm_[aps]at_{ALNUM}{{16}}{END}",
        "gitleaks, settlemint rules (MIT)",
        varied,
    ),
    Shape(
        "GOCARDLESS_TOKEN",
        "GoCardless",
        r"(?i:gocardless)[^\n]{0,40}(?P<v>live_[A-Za-z0-9_=-]{40})(?![A-Za-z0-9_=-])",
        "gitleaks, gocardless-api-token (MIT)",
        varied,
    ),
    Shape(
        "LOB_KEY",
        "Lob",
        rf"{BEGIN}(?:live|test)_(?:pub_[a-f0-9]{{31}}|[a-f0-9]{{35}}){END}",
        "API keys",
        varied,
    ),
    Shape(
        "FREEMIUS_KEY",
        "Freemius",
        r"secret_key['\"]\s{0,8}=>\s{0,8}['\"](?P<v>sk_[!-&(-~]{29})['\"]",
        "gitleaks, freemius-secret-key (MIT)",
        varied,
    ),
)
