"""Sheets: CSV and workbooks."""
