"""The world as it is: what is asked of a password that nobody has."""

from argon2 import extract_parameters

from hallway.adapters import Argon2Passwords

CHEAP = 64


def test_a_password_is_known_by_its_hash() -> None:
    passwords = Argon2Passwords(CHEAP)
    hashed = passwords.hash("correct horse")
    assert passwords.verify("correct horse", hashed)
    assert not passwords.verify("battery staple", hashed)


def test_who_has_no_password_costs_as_much_work_as_who_has() -> None:
    passwords = Argon2Passwords(CHEAP)
    assert not passwords.verify("correct horse", None)
    assert extract_parameters(passwords._nobody) == extract_parameters(passwords.hash("correct horse"))
