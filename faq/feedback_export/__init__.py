"""Votes and remarks as files: exactly what a list shows, in one of three formats, with a data dictionary.

`columns` says what stands in a file, `kinds` which rows become one, `flags` what safety triage made of them, `formats`
how rows become bytes, `dictionary` what all of it means; `shown` and `narrowing` choose the rows, `writing` writes and
logs, `making` keeps the files that were asked for in the browser.
"""
