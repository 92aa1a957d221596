"""What stands in a secret's place: filler, templates, names of variables, examples."""

from __future__ import annotations

import re

__all__ = ["is_filler", "is_placeholder"]

_RUN = re.compile(r"([xX*.#_?-])\1{5}|(.)\2{7}")
_ONE = re.compile(r"(.)\1*")
_EXAMPLE = re.compile(
    r"(?i)example|placeholder|replace.?me|change.?me|change.?it|redacted|your[-_. ]|insert[-_.]"
    r"|abcdefgh|qwertyui|0123456|1234567(?!\d*[a-z])|xxxx|todo|dummy|sample|fixme|censored|hidden"
)
_TEMPLATE = re.compile(
    r"\$\{|\$\(|\{\{|\}\}|<%|%>|%\(|\$[A-Za-z_0-9]+\Z|^\$|^%[A-Za-z_0-9]+%?\Z|^@\w+@\Z"
    r"|^[<\[{(].*[>\]})]\Z|^<|>\Z|^\[[A-Z_]|^:[a-z_]+\Z|^#\{|%[sdv]"
)
_SAID = """
pass passwd password passphrase pwd pw pswd secret secrets secretkey token tokens key apikey
api_key value string text none null nil true false undefined empty blank optional required
user username login admin root guest test testing tests tester foo bar baz qux foobar hello
world default demo local localhost something anything whatever changeme changeit letmein
mypass mypassword mypasswd mysecret mysecretkey mytoken mykey myapikey my-secret my-token
my-password my_password my_secret my_token userpass userpassword dbpassword db_password
dbpass supersecret super_secret super-secret superpassword secretpassword secret_password
password_here secret_here token_here your_password yourpassword yourpass yourtoken yoursecret
yourkey yourapikey thepassword hunter qwerty abc xyz abcd hash hashed encrypted hidden base64
bearer basic str int bytes char varchar boolean object function return await self this const
let var new env environ process config settings postgres mysql redis mongo rabbitmq minio
pass_word newpassword oldpassword rootpassword adminpassword testpassword strongpassword
mysecretpassword my-secret-pw securepassword verysecret topsecret passw0rd p4ssw0rd p@ssw0rd
p@ssword pa55word pa$$word s3cr3t secure strong correct incorrect wrong invalid valid
"""
_WORDS = frozenset(_SAID.split())
"""What documents and programs write where a secret would be."""

_SPELLED = str.maketrans("@40$5!13", "aaossiie")
_ENDS = re.compile(r"[^A-Za-z]+\Z|\A[^A-Za-z]+")
_FEW = 3
"""Of so few different characters nothing long is made."""

_LONG = 12


def is_filler(value: str) -> bool:
    """Whether *value* is a run of one character, or says that it is an example.

    >>> is_filler("x" * 20), is_filler("your-token")
    (True, True)
    """
    if _RUN.search(value) or _ONE.fullmatch(value) or _EXAMPLE.search(value):
        return True
    return len(value) >= _LONG and len(set(value)) <= _FEW


def is_placeholder(value: str) -> bool:
    """Whether *value* stands for what is filled in elsewhere, or is a word of documentation."""
    plain = value.lower()
    return (
        plain in _WORDS
        or _ENDS.sub("", plain) in _WORDS
        or _ENDS.sub("", plain).translate(_SPELLED) in _WORDS
        or bool(_TEMPLATE.search(value))
        or is_filler(value)
    )
