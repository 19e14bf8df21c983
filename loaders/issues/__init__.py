"""What a load could not take over as it stood, and the words for it."""
