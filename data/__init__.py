"""The world outside: file readers, the store, settings, samples."""
