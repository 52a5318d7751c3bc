"""THÔNG BÁO: owners and followers of dossiers are told by SMS, Zalo or e-mail."""
