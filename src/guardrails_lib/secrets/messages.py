"""Tokens of what sends messages and mail, and of where people meet."""

from __future__ import annotations

from .classes import ALNUM, BEGIN, END, HEX, URLSAFE
from .shape import Shape, any_value, varied

__all__ = ["SHAPES"]

SHAPES = (
    Shape(
        "SLACK_TOKEN",
        "Slack",
        r"xox[bp]-[0-9]{8,14}-[A-Za-z0-9-]{10,120}(?![A-Za-z0-9-])",
        "Token types",
        varied,
    ),
    Shape(
        "SLACK_TOKEN",
        "Slack",
        r"xox[eaors]-(?:[0-9]{1,14}-){1,4}[A-Za-z0-9]{10,200}(?![A-Za-z0-9-])",
        "Token types; gitleaks, slack rules (MIT)",
        varied,
    ),
    Shape(
        "SLACK_TOKEN",
        "Slack",
        rf"xox[ar]-(?=[A-Za-z]{{0,30}}[0-9]){ALNUM}{{8,48}}(?![A-Za-z0-9.-])",
        "gitleaks, slack-legacy-workspace-token (MIT)",
        varied,
    ),
    Shape(
        "SLACK_TOKEN",
        "Slack",
        r"(?:xoxe\.xox[bp]-[0-9]-[A-Za-z0-9]{120,200}|xapp-[0-9]-[A-Za-z0-9]{6,20}-[0-9]{6,16}-"
        r"[A-Za-z0-9]{30,80})(?![A-Za-z0-9-])",
        "Configuration and app-level tokens",
        varied,
    ),
    Shape(
        "SLACK_TOKEN",
        "Slack",
        r"xox[os]-(?:[0-9]{4,14}-){3}[A-Fa-f0-9]{2,64}(?![A-Za-z0-9-])",
        "gitleaks, slack-legacy-token (MIT)",
        varied,
    ),
    Shape(
        "SLACK_WEBHOOK",
        "Slack",
        r"(?:https?://)?hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9+/]{40,60}",
        "Incoming webhooks",
        varied,
    ),
    Shape(
        "DISCORD_TOKEN",
        "Discord",
        rf"[MNO]{URLSAFE}{{23,25}}\.{URLSAFE}{{6}}\.{URLSAFE}{{27,38}}",
        "Bot tokens; detect-secrets, discord (Apache-2.0)",
        varied,
    ),
    Shape(
        "DISCORD_WEBHOOK",
        "Discord",
        r"https://(?:canary\.|ptb\.)?discord(?:app)?\.com/api/webhooks/[0-9]{17,20}/"
        rf"{URLSAFE}{{60,72}}",
        "Webhooks",
        varied,
    ),
    Shape(
        "TEAMS_WEBHOOK",
        "Microsoft",
        r"https://[a-z0-9]{1,63}\.webhook\.office\.com/webhookb2/[a-z0-9@-]{73}/IncomingWebhook/"
        r"[a-z0-9]{32}/[a-z0-9-]{36}",
        "Incoming webhooks",
        varied,
    ),
    Shape(
        "TELEGRAM_TOKEN",
        "Telegram",
        rf"(?:(?<![A-Za-z0-9:])|(?<=\\[nrt]))[0-9]{{8,10}}:A{URLSAFE}{{34}}{END}",
        "Bot API, authorizing your bot",
        varied,
    ),
    Shape(
        "TELEGRAM_TOKEN",
        "Telegram",
        rf"/bot(?P<v>[0-9]{{8,10}}:A{URLSAFE}{{34}})/",
        "Bot API, making requests",
        varied,
    ),
    Shape(
        "TWILIO_KEY",
        "Twilio",
        rf"{BEGIN}SK{HEX}{{32}}{END}",
        "API key SIDs",
        varied,
    ),
    Shape(
        "TWILIO_ACCOUNT",
        "Twilio",
        rf"{BEGIN}AC{HEX}{{32}}{END}",
        "Account SIDs; detect-secrets, twilio (Apache-2.0)",
        varied,
    ),
    Shape(
        "SENDGRID_KEY",
        "SendGrid",
        rf"{BEGIN}SG\.{URLSAFE}{{22}}\.{URLSAFE}{{43}}{END}",
        "API keys",
        varied,
    ),
    Shape(
        "SENDGRID_KEY",
        "SendGrid",
        r"(?<![A-Za-z0-9_.-])SG\.[A-Za-z0-9=_-]{66}(?![A-Za-z0-9=_.-])",
        "gitleaks, sendgrid-api-token (MIT)",
        varied,
    ),
    Shape("BREVO_KEY", "Brevo", rf"xkeysib-[a-f0-9]{{64}}-{ALNUM}{{16}}{END}", "API keys", varied),
    Shape(
        "MAILCHIMP_KEY",
        "Mailchimp",
        rf"{BEGIN}[a-f0-9]{{32}}-us[0-9]{{1,2}}{END}",
        "API keys end with their data center",
        varied,
    ),
    Shape("MAILGUN_KEY", "Mailgun", rf"(?<![A-Za-z0-9_-])key-[a-f0-9]{{32}}{END}", "API", varied),
    Shape(
        "FACEBOOK_TOKEN",
        "Facebook",
        r"EAA[A-Z][A-Za-z0-9]{80,400}(?![A-Za-z0-9])",
        "Access tokens",
        varied,
    ),
    Shape(
        "FACEBOOK_TOKEN",
        "Facebook",
        rf"{BEGIN}[0-9]{{15,16}}(?:\||%7[Cc]|%)[A-Za-z0-9_-]{{27,40}}{END}",
        "App access tokens",
        varied,
    ),
    Shape(
        "TWITTER_TOKEN",
        "Twitter",
        rf"(?<![A-Za-z0-9])AAAAAAAAAAAAAAAAAAAAAA[A-Za-z0-9%]{{80,100}}{END}",
        "Bearer",
        any_value,
    ),
)
