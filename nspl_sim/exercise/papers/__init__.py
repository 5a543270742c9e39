"""The exercise's papers: the list for machines and people, the key's pages and the players'."""
