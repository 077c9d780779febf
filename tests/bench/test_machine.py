import platform

from tests.bench.machine import machine, model, sentence


def test_what_figures_mean_nothing_without() -> None:
    told = machine()
    assert set(told) == {"cores", "model", "python", "platform"}
    assert told["cores"] >= 1
    assert told["python"] == platform.python_version()


def test_a_processor_is_called_by_its_name() -> None:
    assert model("processor\t: 0\nmodel name\t: Fabrika Seven: fast\nflags\t: fpu\n") == "Fabrika Seven: fast"


def test_a_processor_without_a_name_by_its_architecture() -> None:
    assert model("processor\t: 0\nBogoMIPS\t: 50.00\n") == platform.machine()


def test_a_machine_in_a_line() -> None:
    told = {"cores": 2, "model": "Fabrika", "python": "3.11.2", "platform": "Linux"}
    assert sentence(told) == "Fabrika, 2 cores, Python 3.11.2, Linux"
