"""The embedded store: pyoxigraph, in memory or in a folder; ``store`` is the way in.

Beside it what only such a store has: an index of evidence lines, works by DOIs in mixed letters, what writes
touched, what is kept until the next write, snapshots for those who only read, backups.
"""
