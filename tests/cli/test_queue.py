from intake.settings import Settings
from tests.cli.commands import transom


def run(*args: str) -> tuple[int, str]:
    done = transom("queue", *args)
    return done.exit_code, done.output


def test_a_queue_is_paused_listed_and_resumed(app_settings: Settings) -> None:
    assert run("pause", "photos", "--reason", "The disk is full") == (0, "photos is paused.\n")
    assert run("pause", "photos", "--reason", "Again") == (0, "photos was already paused.\n")
    code, listed = run("list")
    assert code == 0
    assert "paused: The disk is full" in listed
    assert len(listed.splitlines()) == 5
    assert run("resume", "photos") == (0, "photos is resumed.\n")
    assert run("resume", "photos") == (0, "photos was not paused.\n")


def test_what_is_no_queue_is_refused_and_so_is_a_pause_without_a_reason(app_settings: Settings) -> None:
    assert run("pause", "slow", "--reason", "Why")[0] == 2
    for without in ([], ["--reason", " "]):
        code, said = run("pause", "photos", *without)
        assert code == 2
        assert "--reason" in said
    assert run("resume", "photos") == (0, "photos was not paused.\n")
