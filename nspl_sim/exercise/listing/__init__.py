"""The list of injects: which moments are told, to whom, when and in which words."""
