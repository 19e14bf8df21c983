"""One command a file, named as the command: open a graph, call one public function, show what it gives."""
