"""The command line of unspun: thin shells over the server, the detector and the training."""
