"""A made-up ward, written as the files a ward would have."""
