"""Whoever acts, in and out."""

from pydantic import Field

from app.dossiers.domain.actors import Actor, ActorKind
from app.fields import Line
from app.platform.wire import ApiModel


class ActorIn(ApiModel):
    """Người thực hiện. / Whoever acts: the client's system speaks for many people."""

    kind: ActorKind = Field(
        description="citizen: người nộp, counter: một cửa, officer: người xử lý, leader: lãnh đạo, "
        "system: hệ thống. / In which part they act."
    )
    name: Line | None = Field(
        None, max_length=50, description="Họ tên. / Name; absent: the agency."
    )
    title: Line | None = Field(None, max_length=200, description="Chức danh. / Position.")
    department: Line | None = Field(None, max_length=300, description="Phòng ban. / Department.")

    def actor(self) -> Actor:
        """Return whoever acts."""
        return Actor(self.kind, self.name, self.title, self.department)
