"""Signatures and encryption of WeChat's and WeCom's callbacks: the one module that knows the cipher.

By https://developer.work.weixin.qq.com/document/path/90968: SHA-1 over the sorted parts; AES-256-CBC, the
vector being the key's first 16 bytes, PKCS #7 to 32 bytes, around 16 random bytes, the length, the message
and the receiver's id.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

__all__ = ["ForgedError", "MessageCipher", "sha1_signature"]

BLOCK = 32
"""Bytes to a multiple of which a message is padded; AES's own block is 16."""


class ForgedError(ValueError):
    """The message is damaged, or its signature is not the sender's."""


def sha1_signature(*parts: str) -> str:
    """SHA-1 of the parts in their order as text, 40 hex digits."""
    return hashlib.sha1("".join(sorted(parts)).encode("utf-8", "surrogateescape")).hexdigest()


def verify_signature(expected: str, given: str) -> None:
    """Compare a signature in constant time. Raises ForgedError where it is another one."""
    if not hmac.compare_digest(expected.encode(), given.encode("utf-8", "surrogateescape")):
        raise ForgedError("the signature is wrong")


class MessageCipher:
    """Signs, encrypts and decrypts for one receiver, an app id or a corporation's id."""

    def __init__(self, token: str, aes_key: str, receiver: str) -> None:
        """`aes_key` has 43 letters and digits, as the platform shows it."""
        self._token, self._receiver = token, receiver.encode()
        self._key = base64.b64decode(aes_key + "=")

    def encrypted(self, message: str, timestamp: str, nonce: str) -> tuple[str, str]:
        """The message in base64, and its signature."""
        text = message.encode()
        whole = secrets.token_bytes(16) + len(text).to_bytes(4) + text + self._receiver
        pad = BLOCK - len(whole) % BLOCK
        encryptor = self._cipher().encryptor()
        sealed = base64.b64encode(
            encryptor.update(whole + bytes([pad]) * pad) + encryptor.finalize()
        ).decode()
        return sealed, sha1_signature(self._token, timestamp, nonce, sealed)

    def decrypted(self, sealed: str, timestamp: str, nonce: str, signed: str) -> str:
        """The message in base64 opened. Raises ForgedError."""
        verify_signature(sha1_signature(self._token, timestamp, nonce, sealed), signed)
        try:
            decryptor = self._cipher().decryptor()
            whole = decryptor.update(base64.b64decode(sealed, validate=True)) + decryptor.finalize()
            pad, length = whole[-1], int.from_bytes(whole[16:20])
            message, receiver = whole[20 : 20 + length], whole[20 + length : len(whole) - pad]
            text = message.decode()
        except (binascii.Error, ValueError, IndexError) as error:
            raise ForgedError("the message is damaged") from error
        if not 1 <= pad <= BLOCK or receiver != self._receiver:
            raise ForgedError("the message is for another receiver")
        return text

    def _cipher(self) -> Cipher[modes.CBC]:
        return Cipher(algorithms.AES(self._key), modes.CBC(self._key[:16]))
