"""The five sheets of the demonstration province, as an HR office and a registry would send them.

Places, mergers and their days are real; people, companies and numbers are invented. The same seed
always gives the same sheets, byte for byte, so that loading them again changes nothing.
"""

from lms.demonstration.sheets.writing import FILES, write_sheets

__all__ = ["FILES", "write_sheets"]
