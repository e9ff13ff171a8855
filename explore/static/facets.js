const DATASETTE_ALLOW_FACET = true; // table.js asks for it
