"""Tokens of where code is kept, built and published."""

from __future__ import annotations

from typing import Any

from .checksums import by_crc
from .classes import ALNUM, BEGIN, END, HEX, LOWER, URLSAFE, UUID
from .filler import is_placeholder
from .shape import Secret, Shape, place, varied

__all__ = ["SHAPES"]

_GITLAB = "GitLab, token prefixes"
_ARTIFACTORY = "detect-secrets, artifactory (Apache-2.0)"


def _unless_crossed_out(shape: Shape, match: Any) -> Secret | None:
    """Artifactory's keys have no check; documents show them with an X for each letter."""
    start, end = place(match)
    return None if "XXXX" in match.string[start:end] else Secret(start, end, shape.kind, 0.8)


def _registry(shape: Shape, match: Any) -> Secret | None:
    """A token in a registry's line of `.npmrc` that is not taken from the environment."""
    start, end = place(match)
    value = match.string[start:end]
    return None if is_placeholder(value) else Secret(start, end, shape.kind, 0.9)


SHAPES = (
    Shape("GITHUB_TOKEN", "GitHub", rf"gh[pousr]_{ALNUM}{{36}}{END}", "Token formats", by_crc),
    Shape(
        "GITHUB_TOKEN",
        "GitHub",
        rf"github_pat_{ALNUM}{{22}}_{ALNUM}{{59}}{END}",
        "Fine-grained personal access tokens",
        varied,
    ),
    Shape(
        "GITHUB_TOKEN",
        "GitHub",
        r"github_pat_[A-Za-z0-9_]{82}(?![A-Za-z0-9_])",
        "gitleaks, github-fine-grained-pat (MIT)",
        varied,
    ),
    Shape(
        "GITLAB_TOKEN",
        "GitLab",
        rf"gl(?:pat|dt|ft|rt|soat|ffct|rtr|wt)-{URLSAFE}{{20,50}}(?![A-Za-z0-9_.-])",
        _GITLAB,
        varied,
    ),
    Shape(
        "GITLAB_TOKEN",
        "GitLab",
        rf"gl(?:pat|rt|cbt)-{URLSAFE}{{27,300}}\.{LOWER}{{2}}\.?{LOWER}{{7}}{END}",
        "GitLab, routable tokens",
        varied,
    ),
    Shape("GITLAB_TOKEN", "GitLab", rf"GR1348941{URLSAFE}{{20,50}}{END}", _GITLAB, varied),
    Shape(
        "GITLAB_TOKEN",
        "GitLab",
        rf"glcbt-(?:{ALNUM}{{1,5}}_)?{URLSAFE}{{20}}{END}",
        _GITLAB,
        varied,
    ),
    Shape("GITLAB_TOKEN", "GitLab", rf"glimt-{URLSAFE}{{25}}{END}", _GITLAB, varied),
    Shape("GITLAB_TOKEN", "GitLab", rf"glptt-{URLSAFE}{{40}}{END}", _GITLAB, varied),
    Shape("GITLAB_TOKEN", "GitLab", rf"glagent-{URLSAFE}{{50,1024}}{END}", _GITLAB, varied),
    Shape("GITLAB_TOKEN", "GitLab", rf"gloas-{URLSAFE}{{64}}{END}", _GITLAB, varied),
    Shape(
        "GITLAB_SESSION",
        "GitLab",
        rf"_gitlab_session=(?P<v>{LOWER}{{32}}){END}",
        "gitleaks, gitlab-session-cookie (MIT)",
        varied,
    ),
    Shape(
        "BITBUCKET_TOKEN",
        "Bitbucket",
        rf"{BEGIN}ATBB{ALNUM}{{28,32}}{END}",
        "App passwords",
        varied,
    ),
    Shape(
        "BITBUCKET_TOKEN",
        "Bitbucket",
        rf"{BEGIN}ATCTT3[A-Za-z0-9_=-]{{180,220}}{END}",
        "Access tokens",
        varied,
    ),
    Shape(
        "ATLASSIAN_TOKEN",
        "Atlassian",
        rf"{BEGIN}ATATT3[A-Za-z0-9_=-]{{186}}{END}",
        "gitleaks, atlassian-api-token (MIT)",
        varied,
    ),
    Shape("NPM_TOKEN", "npm", rf"{BEGIN}npm_{ALNUM}{{36}}{END}", "Access tokens", by_crc),
    Shape(
        "NPM_TOKEN",
        "npm",
        rf"//[A-Za-z0-9./:-]{{1,100}}/:_authToken[ \t]{{0,3}}=[ \t]{{0,3}}"
        rf"(?P<v>npm_{ALNUM}{{10,40}}|{UUID}){END}",
        "npmrc, auth related configuration",
        _registry,
    ),
    Shape(
        "PYPI_TOKEN",
        "PyPI",
        rf"pypi-AgE(?:IcHlwaS5vcmc|NdGVzdC5weXBpLm9yZw){URLSAFE}{{70,1000}}{END}",
        "API tokens are macaroons of the site's name",
        varied,
    ),
    Shape("RUBYGEMS_KEY", "RubyGems", rf"rubygems_[a-f0-9]{{48}}{END}", "API keys", varied),
    Shape("CLOJARS_TOKEN", "Clojars", rf"CLOJARS_{LOWER}{{60}}{END}", "Deploy tokens", varied),
    Shape("NUGET_KEY", "NuGet", rf"{BEGIN}oy2[a-z0-9]{{43}}{END}", "API keys", varied),
    Shape("CRATES_TOKEN", "crates.io", rf"{BEGIN}cio{ALNUM}{{32}}{END}", "API tokens", varied),
    Shape(
        "DOCKER_TOKEN", "Docker", rf"dckr_[po]at_{URLSAFE}{{27,40}}{END}", "Access tokens", varied
    ),
    Shape(
        "ARTIFACTORY_KEY",
        "JFrog",
        rf"(?<![A-Za-z0-9_./-])AKC{ALNUM}{{10,80}}{END}",
        _ARTIFACTORY,
        _unless_crossed_out,
    ),
    Shape(
        "ARTIFACTORY_KEY",
        "JFrog",
        rf"(?<![A-Za-z0-9_./-])AP(?={ALNUM}{{0,80}}(?:[0-9]|xxx))[0-9A-F]{ALNUM}{{8,80}}{END}",
        _ARTIFACTORY,
        _unless_crossed_out,
    ),
    Shape(
        "ARTIFACTORY_TOKEN",
        "JFrog",
        rf"{BEGIN}cmVmdGtu{ALNUM}{{56}}{END}",
        "Reference tokens",
        varied,
    ),
    Shape(
        "ARTIFACTORY_TOKEN",
        "JFrog",
        rf"{BEGIN}cmVmd{ALNUM}{{59}}{END}",
        "gitleaks, artifactory-reference-token (MIT)",
        varied,
    ),
    Shape("POSTMAN_KEY", "Postman", rf"PMAK-{HEX}{{24}}-{HEX}{{34}}{END}", "API keys", varied),
    Shape(
        "SOURCEGRAPH_TOKEN",
        "Sourcegraph",
        rf"{BEGIN}sgp_(?:(?:{HEX}{{16}}|local)_)?{HEX}{{40}}{END}",
        "Access tokens",
        varied,
    ),
    Shape(
        "SNYK_TOKEN", "Snyk", rf"snyk_[a-z]{{2,5}}\.[A-Za-z0-9_.-]{{40,200}}{END}", "API", varied
    ),
    Shape(
        "SONAR_TOKEN",
        "SonarQube",
        rf"{BEGIN}sq[aup]_{HEX}{{40}}{END}",
        "Token prefixes",
        varied,
    ),
    Shape("README_KEY", "ReadMe", rf"rdme_[a-z0-9]{{70}}{END}", "API keys", varied),
    Shape("LINEAR_KEY", "Linear", rf"lin_(?:api|oauth)_{ALNUM}{{40,64}}{END}", "API", varied),
    Shape(
        "INTRA42_SECRET",
        "42",
        rf"s-s4t2(?:ud|af)-[a-f0-9]{{64}}{END}",
        "gitleaks, intra42-client-secret (MIT)",
        varied,
    ),
)
