"""The embedded sample portal: posts written for this project, served on loopback."""
