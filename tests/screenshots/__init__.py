"""The pictures of the README, made from a real installation with the demo's data: see script/screenshots."""
