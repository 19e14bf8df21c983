"""Lists that are new: what a file is, how it would be read, and how it joins a workspace."""
