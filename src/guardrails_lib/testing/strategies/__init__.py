"""What hypothesis tries guarded calls with: texts, requests, replies, policies, outages."""
