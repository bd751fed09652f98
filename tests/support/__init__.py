"""What tests share: databases, the cast, the tap."""
