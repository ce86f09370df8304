"""The pages of licences of software, and of whether they cover what is installed."""
