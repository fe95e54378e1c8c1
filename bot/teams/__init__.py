"""Teams: people with a home channel, a lead and a rhythm; and who may see what."""
