"""Question banks as files: read from a workbook, Moodle XML or GIFT, compared, written again, and measured."""
