"""What is secret is kept encrypted, so that whoever reads the database or a backup of it has not read that.

Whoever runs Rhythm names the keys. The first one encrypts and every one decrypts, so that a new key can be put before
an old one; what is renewed meanwhile is encrypted with the new one. Without any, secrets are kept as they are.
"""

from collections.abc import Sequence
from typing import cast

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy.orm import Session

_SEALED = "fernet:"
_NOT_OURS = (InvalidToken, ValueError)
"""Of another key, or no token at all."""


class Locked(Exception):
    """The key is gone that a secret was encrypted with. Holds neither."""


class Secrets:
    """Encrypts and decrypts.

    Args:
        keys: as `Fernet.generate_key` makes them, the first one for what is written from now on.
    """

    def __init__(self, keys: Sequence[str] = ()) -> None:
        fernets = [Fernet(key) for key in keys]
        self._first = fernets[0] if fernets else None
        self._any = MultiFernet(fernets) if fernets else None

    def seal(self, secret: str) -> str:
        """As it is kept in the database."""
        return secret if self._first is None else _SEALED + self._first.encrypt(secret.encode()).decode()

    def open(self, kept: str) -> str:
        """What was kept. Raises Locked."""
        if not kept.startswith(_SEALED):
            return kept
        if self._any is None:
            raise Locked
        try:
            return self._any.decrypt(kept.removeprefix(_SEALED)).decode()
        except _NOT_OURS:
            raise Locked from None

    def renew(self, kept: str) -> str:
        """The same as it would be kept now: as it is when it is. Raises Locked."""
        return kept if self.is_current(kept) else self.seal(self.open(kept))

    def is_current(self, kept: str) -> bool:
        """Whether it is kept as it would be now: encrypted with the first key or, without one, not at all."""
        if self._first is None or not kept.startswith(_SEALED):
            return self._first is None and not kept.startswith(_SEALED)
        try:
            self._first.decrypt(kept.removeprefix(_SEALED))
        except _NOT_OURS:
            return False
        return True


def secrets_of(tx: Session) -> Secrets:
    """Those of the database that a transaction is in."""
    return cast(Secrets, tx.info["secrets"])
