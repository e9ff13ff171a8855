"""The ``kehoach`` command: each subcommand calls one function of a package below."""
