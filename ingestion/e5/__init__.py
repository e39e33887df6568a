"""multilingual-e5-small from its 4-bit weights, run with numpy alone: no compiler, no instruction set is asked of the machine."""
