"""Prints the check character of each number on standard input: `resident-id 17 characters` or `credit-code 17 characters`."""

import sys

from stdnum.cn import ric, uscc

for line in sys.stdin:
    kind, body = line.split()
    # ric wants the number with some check character behind it, uscc without.
    print(ric.calc_check_digit(body + "0") if kind == "resident-id" else uscc.calc_check_digit(body))
