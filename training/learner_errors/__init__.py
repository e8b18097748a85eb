"""The errors that people make who write English as a second language: rules of grammar and tables of phrases."""
