"""From lists to a graph: start a workspace, read lists, settle what is doubtful."""
