"""Names of holders of wrapped keys, beside the ids of key pairs."""

RECEIPT = "receipt"
"""The contributor, by her receipt."""
APPLICATION = "application"
"""The application secret, for keys that were wrapped before there were key pairs."""
