"""The guides that citeguide ships with, so that the first question has something to be answered from."""
