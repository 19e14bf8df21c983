"""One load: from the files of a workspace to records, in two passes."""
