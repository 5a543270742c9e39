"""The pages of ``docs/reference``, one module a page or two; ``scripts/reference_docs.py`` writes them."""
