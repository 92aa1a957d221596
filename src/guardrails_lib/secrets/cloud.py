"""Keys of clouds, hosts and what infrastructure is kept with."""

from __future__ import annotations

from typing import Any

from .classes import ALNUM, BASE64, BEGIN, END, HEX, LOWER, URLSAFE
from .shape import Secret, Shape, any_value, place, varied

__all__ = ["SHAPES"]

_BEDROCK = "YmVkcm9jay5hbWF6b25hd3MuY29t"
"""Its host, in base64."""


def _aws(shape: Shape, match: Any) -> Secret | None:
    """An access key that is not the one of AWS's own documentation, nor crossed out."""
    start, end = place(match)
    value = match.string[start:end]
    if value.endswith("EXAMPLE") or "XXXX" in value or "ABCDEFGH" in value:
        return None
    return Secret(start, end, shape.kind, 0.9)


SHAPES = (
    Shape(
        "AWS_ACCESS_KEY",
        "AWS",
        rf"{BEGIN}(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{{16}}{END}",
        "IAM identifiers, unique prefixes",
        _aws,
    ),
    Shape(
        "AWS_BEDROCK_KEY",
        "AWS",
        rf"{BEGIN}ABSK{BASE64}{{109,269}}={{0,2}}(?![A-Za-z0-9+/=])",
        "gitleaks, aws-amazon-bedrock-api-key-long-lived (MIT)",
        varied,
    ),
    Shape(
        "AWS_BEDROCK_KEY",
        "AWS",
        rf"bedrock-api-key-{_BEDROCK}[A-Za-z0-9+/=]{{0,1600}}",
        "gitleaks, aws-amazon-bedrock-api-key-short-lived (MIT)",
        any_value,
    ),
    Shape(
        "AWS_MWS_KEY",
        "AWS",
        r"amzn\.mws\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        "Amazon Marketplace Web Service, auth token",
        varied,
    ),
    Shape("GCP_API_KEY", "Google", rf"{BEGIN}AIza{URLSAFE}{{35}}{END}", "API keys", varied),
    Shape(
        "GCP_OAUTH_SECRET",
        "Google",
        rf"GOCSPX-{URLSAFE}{{28}}{END}",
        "OAuth 2.0 client secret",
        varied,
    ),
    Shape(
        "GCP_ACCESS_TOKEN",
        "Google",
        rf"{BEGIN}ya29\.{URLSAFE}{{20,1000}}{END}",
        "OAuth 2.0 access token",
        varied,
    ),
    Shape(
        "AZURE_AD_SECRET",
        "Azure",
        r"(?:(?<![A-Za-z0-9_~./%-])|(?<=\\[nrt]))[A-Za-z0-9_~.]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~-])",
        "gitleaks, azure-ad-client-secret (MIT)",
        varied,
    ),
    Shape(
        "AZURE_STORAGE_KEY",
        "Azure",
        rf"(?:AccountKey|accountkey|ACCOUNT_KEY)=(?P<v>{BASE64}{{86}}==)",
        "Storage connection strings",
        varied,
    ),
    Shape(
        "AZURE_ACCESS_KEY",
        "Azure",
        rf"SharedAccessKey=(?P<v>{BASE64}{{43}}=)",
        "Service Bus, Event Hubs and IoT Hub connection strings",
        varied,
    ),
    Shape(
        "AZURE_SAS_SIGNATURE",
        "Azure",
        r"[?&]sig=(?P<v>[A-Za-z0-9]{1}(?:[A-Za-z0-9+/]|%2[BbFf]){40,60}(?:=|%3[Dd]))",
        "Shared access signature, field sig",
        varied,
    ),
    Shape(
        "AZURE_DEVOPS_TOKEN",
        "Azure",
        rf"{BEGIN}{ALNUM}{{76}}AZDO{ALNUM}{{4}}{END}",
        "Azure DevOps personal access tokens, format of 2024",
        varied,
    ),
    Shape(
        "AZURE_SERVICE_KEY",
        "Azure",
        rf"{BEGIN}{ALNUM}{{52}}JQQJ99{ALNUM}{{26}}{END}",
        "Identifiable keys of Azure AI services and others",
        varied,
    ),
    Shape("ALIBABA_KEY", "Alibaba", rf"{BEGIN}LTAI{ALNUM}{{20}}{END}", "AccessKey ID", varied),
    Shape("TENCENT_KEY", "Tencent", rf"{BEGIN}AKID{ALNUM}{{32}}{END}", "SecretId", varied),
    Shape(
        "YANDEX_TOKEN",
        "Yandex",
        rf"{BEGIN}(?:t1\.{URLSAFE}{{1,200}}={{0,2}}\.{URLSAFE}{{86}}={{0,2}}|AQVN{URLSAFE}{{35,38}}"
        rf"|YC{URLSAFE}{{38}}){END}",
        "gitleaks, yandex rules (MIT)",
        varied,
    ),
    Shape(
        "DIGITALOCEAN_TOKEN",
        "DigitalOcean",
        rf"do[opr]_v1_{HEX}{{64}}{END}",
        "Token formats",
        varied,
    ),
    Shape(
        "CLOUDFLARE_CA_KEY",
        "Cloudflare",
        rf"{BEGIN}v1\.0-[a-f0-9]{{24}}-[a-f0-9]{{146}}{END}",
        "Origin CA keys",
        varied,
    ),
    Shape("HEROKU_KEY", "Heroku", rf"HRKU-AA{URLSAFE}{{58}}{END}", "Platform API", varied),
    Shape(
        "FLY_TOKEN",
        "Fly.io",
        rf"{BEGIN}(?:fo1_{URLSAFE}{{43}}|fm1[ar]_{BASE64}{{100,1600}}={{0,3}}"
        rf"|fm2_{BASE64}{{100,1600}}={{0,3}})(?![A-Za-z0-9+/_-])",
        "gitleaks, flyio-access-token (MIT)",
        varied,
    ),
    Shape(
        "DATABRICKS_TOKEN",
        "Databricks",
        rf"{BEGIN}dapi[a-f0-9]{{32}}(?:-[0-9])?{END}",
        "Personal access tokens",
        varied,
    ),
    Shape("NETLIFY_TOKEN", "Netlify", rf"nfp_{ALNUM}{{36}}{END}", "Personal access tokens", varied),
    Shape("RENDER_KEY", "Render", rf"{BEGIN}rnd_{ALNUM}{{32}}{END}", "API keys", varied),
    Shape(
        "SUPABASE_KEY",
        "Supabase",
        rf"{BEGIN}(?:sbp_[a-f0-9]{{40}}|sb_secret_{URLSAFE}{{20,60}}){END}",
        "API keys",
        varied,
    ),
    Shape(
        "NEON_KEY", "Neon", rf"{BEGIN}napi_{LOWER}{{40,70}}{END}", "Neon, personal API keys", varied
    ),
    Shape(
        "PLANETSCALE_TOKEN",
        "PlanetScale",
        r"pscale_(?:tkn|oauth|pw)_[A-Za-z0-9_=.-]{32,64}(?![A-Za-z0-9_=-])",
        "gitleaks, planetscale rules (MIT)",
        varied,
    ),
    Shape("AIVEN_PASSWORD", "Aiven", rf"AVNS_{URLSAFE}{{16,40}}{END}", "Service users", varied),
    Shape(
        "MONGODB_SECRET", "MongoDB", rf"mdb_sa_sk_{URLSAFE}{{40}}{END}", "Service accounts", varied
    ),
    Shape(
        "CLICKHOUSE_KEY",
        "ClickHouse",
        rf"{BEGIN}4b1d{ALNUM}{{38}}{END}",
        "gitleaks, clickhouse-cloud-api-secret-key (MIT)",
        varied,
    ),
    Shape("PULUMI_TOKEN", "Pulumi", rf"{BEGIN}pul-[a-f0-9]{{40}}{END}", "Access tokens", varied),
    Shape(
        "TERRAFORM_TOKEN",
        "HashiCorp",
        rf"{BEGIN}{ALNUM}{{14}}\.atlasv1\.[A-Za-z0-9_=-]{{60,70}}(?![A-Za-z0-9_=-])",
        "HCP Terraform, API tokens",
        varied,
    ),
    Shape(
        "VAULT_TOKEN",
        "HashiCorp",
        rf"{BEGIN}(?:hv[sr]\.{URLSAFE}{{24,200}}|hvb\.{URLSAFE}{{50,400}}){END}",
        "Vault, token prefixes",
        varied,
    ),
    Shape(
        "VAULT_TOKEN",
        "HashiCorp",
        rf"(?<![A-Za-z0-9_.$)/-])s\.(?=[A-Za-z]{{0,23}}[0-9]){ALNUM}{{24}}(?![A-Za-z0-9_.(-])",
        "Vault before 1.10, token prefixes",
        varied,
    ),
    Shape(
        "DOPPLER_TOKEN",
        "Doppler",
        rf"{BEGIN}dp\.(?:pt|st|ct|sa|scim|audit)\.(?:[a-z0-9_-]{{1,40}}\.)?{ALNUM}{{40,44}}{END}",
        "Token formats",
        varied,
    ),
    Shape("INFRACOST_KEY", "Infracost", rf"{BEGIN}ico-{ALNUM}{{32}}{END}", "API keys", varied),
    Shape("OPENSHIFT_TOKEN", "OpenShift", rf"sha256~{URLSAFE}{{43}}{END}", "User tokens", varied),
    Shape(
        "HARNESS_KEY",
        "Harness",
        rf"{BEGIN}[ps]at\.{URLSAFE}{{22}}\.{ALNUM}{{24}}\.{ALNUM}{{20}}{END}",
        "gitleaks, harness-api-key (MIT)",
        varied,
    ),
    Shape("OCTOPUS_KEY", "Octopus", rf"{BEGIN}API-[A-Z0-9]{{26}}{END}", "API keys", varied),
    Shape(
        "SCALINGO_TOKEN", "Scalingo", rf"{BEGIN}tk-us-{URLSAFE}{{48}}{END}", "API tokens", varied
    ),
    Shape("PREFECT_KEY", "Prefect", rf"{BEGIN}pn[ub]_{ALNUM}{{36}}{END}", "API keys", varied),
    Shape(
        "DYNATRACE_TOKEN",
        "Dynatrace",
        rf"dt0[a-z][0-9]{{2}}\.{ALNUM}{{24}}\.{ALNUM}{{64}}{END}",
        "Access tokens, token format",
        varied,
    ),
    Shape(
        "GRAFANA_TOKEN",
        "Grafana",
        rf"{BEGIN}(?:glc_{BASE64}{{32,400}}={{0,3}}|glsa_{ALNUM}{{32}}_{HEX}{{8}}"
        rf"|eyJrIjoi{ALNUM}{{70,400}}={{0,3}})(?![A-Za-z0-9+/_=-])",
        "gitleaks, grafana rules (MIT)",
        varied,
    ),
    Shape(
        "NEWRELIC_KEY",
        "New Relic",
        r"(?:NRAK-[A-Za-z0-9]{27}|NRII-[A-Za-z0-9_-]{32}|NRJS-[a-f0-9]{19}|NRRA-[a-f0-9]{42})"
        r"(?![A-Za-z0-9_-])",
        "API keys",
        varied,
    ),
    Shape(
        "SENTRY_TOKEN",
        "Sentry",
        rf"(?:sntryu_[a-f0-9]{{64}}|sntrys_eyJ[A-Za-z0-9+/]{{20,420}}={{0,2}}_{BASE64}{{43}})"
        r"(?![A-Za-z0-9+/_-])",
        "gitleaks, sentry rules (MIT)",
        varied,
    ),
    Shape(
        "DEFINED_NETWORKING_KEY",
        "Defined Networking",
        r"dnkey-[a-z0-9=_-]{26}-[a-z0-9=_-]{52}(?![A-Za-z0-9=_-])",
        "gitleaks, defined-networking-api-token (MIT)",
        varied,
    ),
)
