"""Documents, slides and sheets of office programs: each becomes pages or a workbook, which are read like any other."""
