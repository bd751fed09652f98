"""The consumption room: visits, queue, places, consumption, watch, emergencies, supplies, the board."""
