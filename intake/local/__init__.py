"""`transom up` on one machine: embedded servers, and a supervisor for all processes."""
