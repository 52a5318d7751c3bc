"""Reading a body strictly as one of a service's models, and naming what is wrong with it."""

from typing import TypeVar

from pydantic import BaseModel, ValidationError

from mock_ngsp.ngsp.asking import Asked, UnreadableError

M = TypeVar("M", bound=BaseModel)


def read_body(asked: Asked, model: type[M]) -> M:
    """The JSON body as a model.

    Raises:
        UnreadableError: if it is not what the model takes; the words name the fields.
    """
    try:
        return model.model_validate(asked.json())
    except ValidationError as wrong:
        raise UnreadableError(fields_of(wrong)) from wrong


def fields_of(wrong: ValidationError) -> str:
    """The fields that are wrong, without what stands in them."""
    places = (".".join(map(str, error["loc"])) or error["type"] for error in wrong.errors())
    return ", ".join(dict.fromkeys(places))
