"""What is proven of a piece years later, without this software: one ZIP file with the program that checks it."""
