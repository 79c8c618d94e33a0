"""One file a behaviour. A rule takes rows and the parameters `p`, changes rows in place, returns a code.

Rules do not know each other: `cpsim.model.day` calls them in order.
"""
