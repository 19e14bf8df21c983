"""What the commands share: options, languages, tables, files and how a run ends."""
