"""``python -m tsunagari``: the command where the script is not on the path."""

from tsunagari.cli import main

if __name__ == "__main__":
    main()
