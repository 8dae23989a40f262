"""The profiles that come with Claimspine, as YAML."""
