"""What the tests are built from: child processes, senders, the books they are compared with."""
