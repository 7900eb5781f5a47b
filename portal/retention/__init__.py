"""How long records are kept: the policy as data (policy.toml), the code that checks it, and what ends a keeping.

Each app says in its module `retention` which rows of it are past their time and how their keeping ends; this knows
none of them.
"""
