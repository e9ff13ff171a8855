"""Errors that a user can cause and mend."""


class UserError(Exception):
    """One clear line: what is wrong, where, and what to do. The command line prints it and exits with status 2."""


class ContradictionError(UserError):
    """What was read does not hold together: a fault of the program, which must not be published."""
