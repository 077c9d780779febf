"""Names of holders under which keys are wrapped. Other holders are key pairs, named by their ids."""

RECEIPT = "receipt"
"""The contributor, whose receipt unwraps the key."""
APPLICATION = "application"
"""Holder name of the application secret, under which earlier versions without key pairs wrapped keys."""
