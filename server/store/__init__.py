"""What is kept on this machine between runs: one SQLite file in the data folder."""
