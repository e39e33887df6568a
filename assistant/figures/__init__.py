"""Figures for the team: how long the work takes, how often it comes back, and why."""
