"""The program's version and name, as health, the User-Agent and `unspun --version` tell them."""

APP_NAME = "unspun"
VERSION = "0.1.0"
