"""The outcome linter: finds, by rule, tasks disguised as outcomes and what else is missing. It advises only.

Pure: no database, no Slack, no clock. `docs/linter.md` explains each rule to the people who meet it.

- `lint_statement(statement)`   what a bare statement shows: L1, L2, L3, L6, L7
- `lint_draft(facts)`           an outcome's form, as far as it is filled: all ten rules
- `lint_sheet(path)`            a CSV file, for the command line

The English is data with examples beside it: `english` (verbs, nouns, phrases), `small_words` (what holds a sentence
together) and `numbers` (what is a target). Above them: `inflections` and `lexicon` (the lists as sets), `grammar`,
`reading` (a statement as words), the rules on words (`activities` and `outputs`, `counting`, `joining`, `vague`),
then `statements` and `drafts`, which put the findings into sentences.
"""

from bot.linter.drafts import Facts, lint_draft
from bot.linter.findings import Finding
from bot.linter.sheets import lint_sheet
from bot.linter.statements import lint_statement

__all__ = ["Facts", "Finding", "lint_draft", "lint_sheet", "lint_statement"]
