"""Results: measured values, logged and corrected. Their table is the outcomes room's."""
