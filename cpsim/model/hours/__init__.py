"""The parts of a day, one file each, in the order in which `cpsim.model.day` calls them."""
