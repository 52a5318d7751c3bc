"""National accounts of invented people, by the numbers they are looked up with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """One account: its TechID and the number, of an identity paper or a tax code."""

    tech_id: str
    number: str


DEFAULT_PEOPLE = (
    Person("tech-gia-dinh-0001", "000000000001"),
    Person("tech-gia-dinh-0002", "000000000002"),
)


class Accounts:
    """Every account; a later one with a known number replaces it."""

    def __init__(self) -> None:
        self._people = {person.number: person for person in DEFAULT_PEOPLE}

    def find(self, number: str) -> Person | None:
        """The account of that number."""
        return self._people.get(number)

    def put(self, person: Person) -> None:
        """Add an account."""
        self._people[person.number] = person
