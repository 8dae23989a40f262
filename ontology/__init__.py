"""The vocabulary, the shapes and the policies, and a thin loader for them."""
