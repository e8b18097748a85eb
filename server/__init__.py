"""The local server of unspun: API, pairing, dashboard, safe fetching and extraction."""
