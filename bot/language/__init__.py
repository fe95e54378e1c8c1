"""Reading what people type, and writing values back as they would read them.

Everything here is pure: the day is passed in, the locale is passed in, and nothing is remembered but caches.

- `units`   what a measure is counted in: `Unit`, `read_unit`
- `values`  `read_value`, `split_value_and_note`, `read_value_and_note`, `write_value`, `write_change`
- `dates`   `read_date`, `write_date`, `write_age`, `write_span`
- `words`   `nearest`, `one_line`, `shorten`, `join_words`, `counted`, `normalise`

Below them: `locales` (a Slack locale as Babel knows it), `numerals` (separators and grouping), `currencies`,
`vocabulary` (the words that may stand beside a numeral), `scan` (where a value ends and a note begins).
"""
