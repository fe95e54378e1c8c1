"""What a person sees of their own: My week, and the App Home."""
