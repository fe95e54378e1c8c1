"""The house rules that import-linter cannot see, checked on the source itself."""
