"""What the browser tests are made of: an installation, a browser, and the console's pages as objects."""
