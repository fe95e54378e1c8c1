"""What is true of files and programs that bring results. Pure."""
