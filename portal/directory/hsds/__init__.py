"""Open Referral's directory format HSDS 3.0: read from a folder of CSV tables, a zip of it, or JSON, and made into our rows.

Nothing here knows a database or a network. `reading` takes files, `nested` takes JSON apart into the same tables, `mapping`
makes entries of the tables, and `values` looks at single cells.
"""
