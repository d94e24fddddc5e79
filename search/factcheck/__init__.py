"""Is what somebody else wrote supported by the guides, contradicted by them, or not in them?"""
