# The page and the workbook of a run.
