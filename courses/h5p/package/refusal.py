"""Why a package is not taken."""


class PackageRefused(ValueError):
    """A sentence for the person who brought the package: what is wrong and where."""
