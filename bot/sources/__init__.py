"""Where results come from besides people: files and programs."""
