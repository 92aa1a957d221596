"""What is said in several languages."""

from __future__ import annotations

from collections.abc import Sequence

from ..._known import Known
from ..._types import Reply, Request

__all__ = ["off_language", "switched_language"]

_SAID = {
    "en": "I have sent the invoice to you by e-mail this morning, and the parcel is on its way.",
    "de": "Ich habe Ihnen die Rechnung heute geschickt, und das Paket ist schon unterwegs.",
    "fr": "Je vous envoie la facture ce matin, et le colis est en route vers votre maison.",
    "es": "Le he enviado la factura por correo, y el paquete llega hoy por la tarde a su casa.",
    "ru": "Я отправил вам счёт сегодня утром, и посылка уже в пути к вашему дому.",
}


def off_language(expect: Sequence[str], least: int) -> Known[str]:
    """A sentence in each of some languages, expected or not."""
    long = 1 + least // _LETTERS
    texts = {code: " ".join([said] * long) for code, said in _SAID.items()}
    return Known(
        [said for code, said in texts.items() if code not in expect],
        [*(said for code, said in texts.items() if code in expect), "OK"],
    )


def switched_language(least: int) -> Known[Reply[object]]:
    """An answer in the language of the question, and in another."""
    long = 1 + least // _LETTERS
    english, german, russian = (" ".join([_SAID[code]] * long) for code in ("en", "de", "ru"))
    asked = Request(german)
    return Known(
        [Reply(english, request=asked), Reply(russian, request=asked)],
        [Reply(german, request=asked), Reply("OK", request=asked)],
    )


_LETTERS = 40
"""So many each has, at least."""
