# Needs Python 3.11 or newer; everything else is brought by lms/launch.py.
PYTHON ?= python3

.PHONY: demo test test-faults bench lint setup

demo:
	@$(PYTHON) lms/launch.py demo

test:
	@$(PYTHON) lms/launch.py test $(OPTIONS)

test-faults:
	@$(PYTHON) lms/launch.py test-faults $(OPTIONS)

bench:
	@$(PYTHON) lms/launch.py bench $(OPTIONS)

lint:
	@$(PYTHON) lms/launch.py lint

setup:
	@$(PYTHON) lms/launch.py setup
