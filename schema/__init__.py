"""The contract: the record, the database and the vocabularies every other package agrees on."""
