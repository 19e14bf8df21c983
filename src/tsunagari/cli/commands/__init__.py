"""One command a file, named as the command, in the folders of the help: open a graph, call one function, show it."""
