"""Keys of submissions. Each data key is stored wrapped once for each holder, in the table `submission_keys`.

Holders are the installation, by its X25519 key pair, and the contributor, by her receipt. A process that serves only
contributors has the installation's public key: it stores submissions, and opens one only with its receipt.
"""
