"""The pages of staff: turns on tablets, sign-in and posts, devices, the shift."""
