"""The command `cpsim`, and `python -m cpsim`: Ctrl-C is taken care of before anything that takes a moment to load."""

from cpsim.cli import stopping
from cpsim.engine import ctrl_c


def main() -> None:
    """Run the command line; the process ends with 0, 1, 2 or 130."""
    ctrl_c.from_now_on(stopping.leave)
    from cpsim.cli.main import main as command_line

    try:
        command_line()
    finally:
        ctrl_c.from_now_on(ctrl_c.IGNORE)  # what is done is done; now it would only look like a failure


if __name__ == "__main__":
    main()
