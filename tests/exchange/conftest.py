from tests.exchange.post import post

__all__ = ["post"]
