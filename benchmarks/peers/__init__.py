"""What search is compared with: other engines, each with the same analysed fields under the same weights.

The weights of name, other names, question and answer are those with which each of them did best in trials.
"""
