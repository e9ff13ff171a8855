"""Portal software families: each module says how a family's pages link on and where a post's parts stand."""
