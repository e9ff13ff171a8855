"""Taking the data away: a release is a folder of files with their description, checksums and citation."""
