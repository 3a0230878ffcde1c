"""The only home of session state and caches."""
