"""The site's pages: each module reads what one page shows and returns it for the template of the same name."""
