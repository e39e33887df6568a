"""A model that lies: it reads the request as a model would, and answers with true statements, lies and faults.

Written apart from the engine and the checks: it knows the prompt's markers and the contracts, as any model does.
"""
