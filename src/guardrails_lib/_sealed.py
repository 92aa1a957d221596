"""Bytes that only a key opens, and that nobody can change unseen."""

from __future__ import annotations

import os

from ._errors import VaultError

try:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
except ImportError as missing:
    raise ImportError(
        'to export a vault needs cryptography: pip install "guardrails-lib[vault]"'
    ) from missing

__all__ = ["opened", "sealed"]

_HEAD = b"guardrails vault 1\n"
_NONCE = 12


def sealed(data: bytes, key: bytes) -> bytes:
    """*data*, encrypted with AES-256 in Galois counter mode."""
    nonce = os.urandom(_NONCE)
    return _HEAD + nonce + _cipher(key).encrypt(nonce, data, _HEAD)


def opened(data: bytes, key: bytes) -> bytes:
    """What was sealed with *key*."""
    cipher = _cipher(key)
    if not isinstance(data, bytes) or not data.startswith(_HEAD):
        raise VaultError("that is no exported vault")
    at = len(_HEAD) + _NONCE
    try:
        return cipher.decrypt(data[len(_HEAD) : at], data[at:], _HEAD)
    except (InvalidTag, ValueError):
        raise VaultError("the vault cannot be opened: another key, or it was changed") from None


def _cipher(key: bytes) -> AESGCM:
    if not isinstance(key, bytes) or len(key) != 32:
        raise VaultError("a vault is sealed with 32 bytes: secrets.token_bytes(32)")
    return AESGCM(key)
