"""What proves at sign-in, beside the password, that somebody is who they say."""
