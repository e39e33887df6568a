"""What a market asks for before a signed piece may be used: visas, certificates, submissions to an authority."""
