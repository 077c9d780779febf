from intake.text.addresses import additions, hosts


def test_names_for_everywhere_are_in_lower_case() -> None:
    names = {*additions.PREFIXES, *additions.EVERYWHERE, *additions.MAIL}
    assert {name for name in names if name != name.lower()} == set()


def test_hosts_are_written_as_rules_name_them() -> None:
    assert {host for host in additions.HOSTS if host not in hosts.names(host.replace("*", "org"))} == set()
