"""What can go wrong for a person. An error's docstring, or the sentence it was raised with, is what they read."""

import os


class RhythmError(Exception):
    """Something went wrong."""

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """The words for the person: those it was raised with, or the class's own."""
        return str(self.args[0]) if self.args else " ".join((type(self).__doc__ or "").split())


class Refused(RhythmError):
    """That cannot be done as asked."""


class NotFound(RhythmError):
    """There is nothing here by that name that you can see."""


class NotAllowed(RhythmError):
    """You may not change this."""


class FormRefused(RhythmError):
    """Some answers need another look."""

    def __init__(self, errors: dict[str, str]) -> None:
        """`errors`: a sentence for each field, by the field's name."""
        super().__init__("; ".join(errors.values()))
        self.errors = errors


class MemoryAway(RhythmError):
    """Rhythm cannot reach its database right now. Nothing was saved; please try again in a minute."""

    def __init__(self, cause: str = "") -> None:
        super().__init__()
        self.cause = cause


class CannotStart(RhythmError):
    """Rhythm cannot start."""


class CannotListen(CannotStart):
    """A port is taken, or the address is not this machine's."""

    def __init__(self, variable: str, host: str, port: int, error: OSError) -> None:
        """`variable`: the setting that chooses the port."""
        super().__init__(
            f"Rhythm cannot listen on {host}:{port} ({os.strerror(error.errno or 0)}). "
            f"Something else may be using it: set {variable} to another number in .env."
        )
