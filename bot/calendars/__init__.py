"""Calendars at an address: fetched and read in a process of their own, which has limits; nothing is kept here."""
