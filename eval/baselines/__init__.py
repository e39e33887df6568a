"""Other ways to do the same work, to stand beside."""
