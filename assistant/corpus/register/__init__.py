"""The French public register of medicines: its files read, and what they propose for a product sheet."""
