"""The words that every room shares: care, clock, patients, errors. Imports nothing of ours."""
