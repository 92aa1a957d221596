"""An assistant of a shop: what the example tests."""
