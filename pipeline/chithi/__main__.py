"""``python -m chithi``, the same as the ``chithi`` command."""

from chithi.cli import main

if __name__ == "__main__":
    main(prog_name="chithi")
