"""A demonstration company: who works there and where they talk."""
