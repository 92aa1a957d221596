"""What the library costs, measured in one run against its limits."""
