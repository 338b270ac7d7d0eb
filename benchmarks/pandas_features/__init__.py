"""The catalogue of features in plain pandas: what the product's recipes must agree with, and are measured against.

Written from what each feature means, not from the product's code, in the way of a data scientist: read the needed
columns, clean, group, merge; floats, no whole-number arithmetic. It needs all tables in memory, and the last bit of a
sum depends on the order of the rows: hence the product's other way.
"""
