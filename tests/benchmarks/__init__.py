"""Programs that measure what Rhythm costs. They are no tests: nothing here passes or fails."""
