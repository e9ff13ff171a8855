"""The night: collect, read, check, publish, back up, report. What collects and reads is handed in from outside."""
