"""Scoring by the thousand: sources become shards, shards become rows, rows become whole files; any run can be resumed.

`score_shard(shard, folder, tools)` is the unit; `pool` and `cluster` run it many times at once.
"""
