"""How well the province does: figures about dossiers, their definitions, and what they count."""
