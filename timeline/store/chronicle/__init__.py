"""The chronology as a whole: parts of it linked anew and laid over the stored one, corrections kept on top of it and exchanged."""
