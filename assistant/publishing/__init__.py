"""What reaches readers, in exactly the bytes that were signed, and what takes it back."""
